"""What stands, glows, cleans and plays at home."""

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import Framework

CANDLE = Product(
    id="candle",
    noun="candle",
    words=("candle", "scented candle", "soy candle", "home fragrance"),
    audience="people who draw the curtains early",
    pain="a day that will not switch off",
    themes=("Light you can smell.", "Slow by nature.", "Good for the last hour."),
    pains=("The ceiling light is on.", "The ceiling light stays on."),
    materials="thick glass or ceramic vessel, smooth wax, one small flame, paper label",
    detail="the small flame and the melted edge of the wax",
    sublabel="candle",
    framework=Framework.BAB,
    mood="calm",
    looks=("oat", "terracotta", "plum night", "lime room"),
    body="light",
    names=("Wick & Winter", "Ember Hour", "Lowlight"),
    pas=(
        Lines(("The day is over.", "Nobody told your head.", "Strike a match.", "There it goes."), "Light one"),
        Lines(("Bright light. Late hour.", "Still on.", "Turn it off. Light this.", "Good evening."), "Light one"),
    ),
    bab=(
        Lines(("A room.", "The same room, at ease.", "It takes one match."), "Light one"),
        Lines(("The day ends loudly.", "The evening begins here.", "Strike a match."), "Light one"),
    ),
    aida=(
        Lines(("Turn off the lights.", "All but one.", "Warm wax, slow hour.", "Stay in."), "Light one"),
        Lines(("Do nothing.", "Do it by candlelight.", "The room softens. So do you.", "Strike one."), "Light one"),
    ),
)

FURNITURE = Product(
    id="furniture",
    noun="furniture",
    words=(
        "furniture",
        "lamp",
        "sofa",
        "chair",
        "desk",
        "table",
        "coffee table",
        "home decor",
        "interior design",
        "lighting",
        "vase",
        "shelf",
    ),
    audience="people who notice corners",
    pain="a room that is only finished on paper",
    themes=("Good lines from every side.", "Made for one warm corner.", "It ages the way you hope."),
    pains=("The corner with the box.", "The box from last year."),
    materials="turned oak, brushed brass and linen, soft warm glow",
    detail="the grain of the oak and the brass joint",
    sublabel="for the home",
    framework=Framework.BAB,
    mood="calm",
    looks=("oat", "travertine sun", "olive grove", "lime room"),
    body="light",
    kinds={
        "lamp": "lamp",
        "lighting": "lamp",
        "chair": "chair",
        "sofa": "sofa",
        "table": "table",
        "coffee table": "table",
        "desk": "desk",
        "vase": "vase",
        "shelf": "shelf",
    },
    names=("Alder & Form", "Corner House", "Lund"),
    pas=(
        Lines(("Something is missing.", "You moved the plant.", "It was never the plant.", "There. Home."), "See the collection"),
        Lines(("A white room.", "An echo.", "Give it one good thing.", "Stay in."), "See the collection"),
    ),
    bab=(
        Lines(("A corner.", "Your corner.", "Come home to it."), "See the collection"),
        Lines(("You live here.", "Now it shows.", "One good piece."), "See the collection"),
    ),
    aida=(
        Lines(("Sit with this.", "Wood, light, a little time.", "The room makes sense now.", "Stay in."), "See the collection"),
        Lines(("Look at the joint.", "Somebody cared.", "You touch it in passing.", "Bring it home."), "See the collection"),
    ),
)

CLEANING = Product(
    id="cleaning",
    noun="spray bottle",
    words=(
        "stain remover",
        "detergent",
        "cleaner",
        "cleaning product",
        "laundry",
        "dish soap",
        "cleaning spray",
        "washing powder",
    ),
    audience="people in white shirts",
    pain="coffee, a white shirt and ten minutes",
    themes=("Spray. Wait. Smile.", "Back to white.", "Smells like a clean start."),
    pains=("It is spreading.", "Do not rub. You rubbed."),
    materials="clean moulded bottle with a trigger and a bold simple label, folded white cloth beside it",
    detail="a bead of liquid on white woven cloth",
    sublabel="clean",
    framework=Framework.PAS,
    mood="corporate",
    looks=("sky", "mint", "fog", "sage kitchen"),
    body="accent",
    names=("Blanche", "Fresh Start", "Clearly"),
    pas=(
        Lines(("White shirt. Coffee.", "Ten minutes to go.", "Breathe. Spray.", "What stain?"), "Get a bottle"),
        Lines(("It was one drop.", "Now, a map.", "Take it off the map.", "Clean slate."), "Get a bottle"),
    ),
    bab=(
        Lines(("That was red wine.", "That was a tablecloth.", "Pour again."), "Get a bottle"),
        Lines(("You hid it with a scarf.", "No scarf today.", "Spray and go."), "Get a bottle"),
    ),
    aida=(
        Lines(("Go on. Spill it.", "We will wait.", "Spray, blot, back to lunch.", "Clean slate."), "Get a bottle"),
        Lines(("Nobody saw that.", "Nobody has to.", "One spray. Straight face.", "What stain?"), "Get a bottle"),
    ),
)

TOY = Product(
    id="toy",
    noun="toy box",
    words=("toy", "board game", "puzzle", "plush", "building blocks", "kids toy", "children's toy", "doll", "card game"),
    audience="small people and the tall ones who play along",
    pain="a rainy Sunday and a tablet",
    themes=("No batteries for ideas.", "Floor time for everyone.", "Lose a piece. Make one up."),
    pains=("I am bored. Again.", "Rain on the window."),
    materials="a bright rigid box with a bold mark, a few painted wooden blocks in front",
    detail="painted wooden edges and the lid of the box",
    sublabel="play",
    framework=Framework.BAB,
    mood="playful",
    looks=("butter", "coral", "sky"),
    body="accent",
    names=("Little Ruckus", "Hop & Hide", "Marbleworks"),
    pas=(
        Lines(("I am bored.", "I am still bored.", "Open the box.", "Where did they go?"), "Come and play"),
        Lines(("Rain. All day.", "Everyone is inside.", "So is the jungle.", "Dinner can wait."), "Come and play"),
    ),
    bab=(
        Lines(("A carpet.", "A kingdom.", "Open the box."), "Come and play"),
        Lines(("Very quiet in here.", "They are building something.", "Make a mess."), "Come and play"),
    ),
    aida=(
        Lines(("Grown-ups, look away.", "Too late. You want a turn.", "Build it. Break it. Again.", "Your turn."), "Come and play"),
        Lines(("Once upon a Sunday.", "There was a box.", "Nobody asked for a screen.", "Play."), "Come and play"),
    ),
)

PRODUCTS = (CANDLE, FURNITURE, CLEANING, TOY)
