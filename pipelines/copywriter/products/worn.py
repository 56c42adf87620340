"""Things people wear."""

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import Framework

WATCH = Product(
    id="watch",
    noun="wrist watch",
    words=("watch", "wristwatch", "wrist watch", "timepiece", "chronograph", "smartwatch", "smart watch"),
    audience="people who would rather keep time than check it",
    pain="days that blur into one another",
    themes=("A weight you notice.", "A dial worth a second look.", "Worth handing on."),
    pains=("Another screen lights up.", "Another week, gone."),
    materials="polished and brushed steel case, sunray dial, applied markers, slim baton pointers, link bracelet",
    detail="the bevelled edge of the case, the markers and the grain of the dial",
    sublabel="timepieces",
    framework=Framework.BAB,
    mood="luxury",
    looks=("midnight gold", "ink and steel", "bottle green"),
    body="ground",
    names=("Meridian", "Halden", "Aurelian"),
    pas=(
        Lines(("You check the time.", "And lose ten minutes.", "Look down. Not in.", "Time, and only time."), "See the watch"),
        Lines(("It buzzes. You look.", "The moment goes.", "This one just ticks.", "Quietly on time."), "See the watch"),
    ),
    bab=(
        Lines(("Most hours just pass.", "Some are kept.", "Keep yours."), "See the watch"),
        Lines(("Nobody remembers a Tuesday.", "Until it is the Tuesday.", "Be there on time."), "Find yours"),
        Lines(("You will own many clocks.", "And one watch.", "Choose it slowly."), "See the watch", "quiet"),
        Lines(("The day starts without you.", "Take it by the wrist.", "Your time. Your pace."), "Get yours", "bold"),
    ),
    aida=(
        Lines(("Listen to this.", "Small parts, perfect order.", "The opposite of a rush.", "Wear it well."), "See the watch"),
        Lines(("Hold that thought.", "A watch for people who stay.", "One glance is enough.", "Time well kept."), "Find yours"),
    ),
)

JEWELLERY = Product(
    id="jewellery",
    noun="ring",
    words=(
        "jewellery",
        "jewelry",
        "jewel",
        "jeweller",
        "jeweler",
        "ring",
        "wedding ring",
        "engagement ring",
        "necklace",
        "bracelet",
        "earring",
        "earrings",
        "pendant",
    ),
    audience="people marking a moment",
    pain="gifts that are forgotten by spring",
    themes=("Made to catch the light.", "Quiet by day. Not by night.", "Small enough to keep close."),
    pains=("Another box. Another bow.", "Another polite thank-you."),
    materials="polished band, one faceted stone, fine prongs",
    detail="the facets of the stone and the polish of the band",
    sublabel="fine jewellery",
    framework=Framework.BAB,
    mood="luxury",
    looks=("bottle green", "rose marble", "oxblood"),
    body="accent",
    kinds={"necklace": "necklace", "bracelet": "bracelet", "pendant": "pendant", "earring": "earrings", "earrings": "earrings"},
    names=("Elowen", "Vesper & Lune", "Marisol"),
    pas=(
        Lines(("Flowers fade by Friday.", "So do good intentions.", "Give light instead.", "It keeps its promise."), "Find yours"),
        Lines(
            ("What do you give them?", "Not another candle.", "Something that stays on.", "Said once. Worn always."), "See the collection"
        ),
    ),
    bab=(
        Lines(("Some things go unsaid.", "Some are simply worn.", "Say it once."), "See the collection"),
        Lines(("An ordinary hand.", "An unreasonable sparkle.", "For the days that count."), "Find yours"),
    ),
    aida=(
        Lines(
            ("Come a little closer.", "All that light, one stone.", "It will outlast the evening.", "Yours to keep."), "See the collection"
        ),
        Lines(("Turn off the lights.", "It barely needs them.", "Worn once, noticed twice.", "Find your light."), "Find yours"),
    ),
)

SHOES = Product(
    id="shoes",
    noun="running shoe",
    words=("shoe", "sneaker", "trainer", "running shoe", "boot", "sandal", "footwear", "heel", "hiking boot", "trail shoe"),
    audience="people who would rather walk there",
    pain="feet that are done before you are",
    themes=("Light where it counts.", "Grip you forget about.", "Soft landings."),
    pains=("The lift. Again.", "The long way, skipped."),
    materials="knitted upper, sculpted foam sole, clean laces",
    detail="the knit of the upper and the edge of the sole",
    sublabel="footwear",
    framework=Framework.BAB,
    mood="energetic",
    looks=("signal night", "cobalt", "coral"),
    body="light",
    kinds={"boot": "boot", "sandal": "sandal", "heel": "heel", "hiking boot": "boot"},
    names=("Stride North", "Fjell", "Lopa"),
    pas=(
        Lines(("Your head says go.", "Your feet say no.", "Change their mind.", "Go the long way."), "Find your size"),
        Lines(("The first mile lies.", "The last one tells.", "Make it kinder.", "Run it again."), "Find your pair"),
    ),
    bab=(
        Lines(("The street is just a street.", "Then it is a starting line.", "Lace up."), "Find your size"),
        Lines(("You used to walk past it.", "Now you run past it.", "Same road. New legs."), "Find your pair"),
        Lines(("Stairs.", "Warm-up.", "Your move."), "Find your size", "bold"),
    ),
    aida=(
        Lines(("Do not stand still.", "A shoe with somewhere to be.", "Soft down. Quick off.", "Your road."), "Find your size"),
        Lines(("Feel that?", "That is the ground, softer.", "The detour is the point.", "Go further."), "Find your pair"),
    ),
)

BAG = Product(
    id="bag",
    noun="backpack",
    words=("bag", "backpack", "tote", "tote bag", "handbag", "purse", "rucksack", "suitcase", "luggage", "wallet", "weekender"),
    audience="people with one hand free and a train to catch",
    pain="digging for keys at your own front door",
    themes=("A place for every thing.", "Better with every scratch.", "Light, even when it is full."),
    pains=("Keys. Somewhere.", "The bottom is far away."),
    materials="waxed canvas, full leather straps, solid metal buckles, even stitching",
    detail="the stitching, the buckle and the weave",
    sublabel="bags",
    framework=Framework.PAS,
    mood="cinematic",
    looks=("dune", "travertine sun", "bottle green"),
    body="accent",
    kinds={
        "tote": "tote",
        "handbag": "handbag",
        "suitcase": "suitcase",
        "wallet": "wallet",
        "tote bag": "tote",
        "purse": "handbag",
        "luggage": "suitcase",
    },
    names=("Harrow & Pike", "Tolland", "Vale"),
    pas=(
        Lines(("It is in here somewhere.", "So is everything else.", "Now it has a place.", "Carry on."), "See the bag"),
        Lines(("Two straps. One regret.", "And it rains.", "Pack like you mean it.", "Ready when you are."), "See the bag"),
    ),
    bab=(
        Lines(("You carry a lot.", "It need not show.", "Carry it well."), "See the bag"),
        Lines(("Monday's bag.", "Friday's accomplice.", "One bag. Every exit."), "Find yours"),
    ),
    aida=(
        Lines(("Pack nothing.", "Start with a good bag.", "It looks better every year.", "Go somewhere."), "See the bag"),
        Lines(("One for the road.", "Built around what you carry.", "Open. Reach. There.", "Carry on."), "Find yours"),
    ),
)

CLOTHING = Product(
    id="clothing",
    noun="folded garment box",
    words=(
        "clothing",
        "clothes",
        "apparel",
        "fashion",
        "dress",
        "shirt",
        "t-shirt",
        "tshirt",
        "hoodie",
        "jacket",
        "coat",
        "jeans",
        "sweater",
        "knitwear",
        "sportswear",
        "activewear",
        "lingerie",
        "sock",
        "suit",
        "outfit",
        "streetwear",
    ),
    audience="people who dress once and mean it",
    pain="a full wardrobe and nothing to wear",
    themes=("Cut to be worn, not kept.", "Soft from the first day.", "Goes with your life."),
    pains=("The chair in the corner.", "The hanger you skip."),
    materials="a rigid textile box with folded fabric, fine weave, clean edge, woven label",
    detail="the weave of the fabric and the stitched edge",
    sublabel="clothing",
    framework=Framework.BAB,
    mood="calm",
    looks=("oat", "porcelain", "terracotta"),
    body="light",
    names=("Linden Row", "Atelier Moss", "Sunday Thread"),
    pas=(
        Lines(("A full wardrobe.", "Nothing to wear.", "Start with one thing.", "Wear it out."), "See the collection"),
        Lines(("It fit in the shop.", "Only there.", "This one moves with you.", "Keep it on."), "Find your size"),
    ),
    bab=(
        Lines(("You got dressed.", "Then you felt dressed.", "Wear what you mean."), "See the collection"),
        Lines(("Something to throw on.", "Something to keep on.", "Softly does it."), "Find your size"),
    ),
    aida=(
        Lines(("Do not iron this.", "Just put it on.", "The favourite, from day one.", "Get dressed."), "See the collection"),
        Lines(("Touch it first.", "Cloth with nothing to hide.", "For every day you like.", "Wear it well."), "Find your size"),
    ),
)

EYEWEAR = Product(
    id="eyewear",
    noun="sunglasses",
    words=("sunglasses", "sunglass", "sun glasses", "eyewear", "shades", "aviators"),
    audience="people who live facing the sun",
    pain="squinting through the best part of the day",
    themes=("Glare down. Colour up.", "Light on the nose.", "Made for long afternoons."),
    pains=("A hand for a hat brim.", "The light wins again."),
    materials="polished frame, tinted lenses, slim temples on fine hinges",
    detail="the polished edge and the hinge",
    sublabel="eyewear",
    framework=Framework.BAB,
    mood="cinematic",
    looks=("dune", "desert rose", "travertine sun"),
    body="dark",
    names=("Solano", "Ostra", "Noon & Co"),
    busy_near=True,
    pas=(
        Lines(("Beautiful day.", "You are squinting.", "Take the edge off.", "Look up."), "Find your frame"),
        Lines(("The sun is out.", "You look away.", "Look straight at it all.", "See you outside."), "Find your frame"),
    ),
    bab=(
        Lines(("You saw the glare.", "Now see the view.", "Change the light."), "Find your frame"),
        Lines(("Too bright to look.", "Too good to miss.", "Face the sun."), "See the frames"),
    ),
    aida=(
        Lines(("Stare at this.", "Shade, made to measure.", "Every afternoon, uncut.", "Put them on."), "Find your frame"),
        Lines(("Lights. Shade. Action.", "Frames with a point of view.", "Noon never looked so good.", "Face the sun."), "See the frames"),
    ),
)

PRODUCTS = (WATCH, JEWELLERY, SHOES, BAG, CLOTHING, EYEWEAR)
