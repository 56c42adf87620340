"""Things with a battery."""

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import Framework

HEADPHONES = Product(
    id="headphones",
    noun="headphones",
    words=("headphone", "earbud", "earphone", "headset", "wireless earbuds", "noise cancelling headphones"),
    audience="people who need the room to go quiet",
    pain="an open office and somebody's speakerphone",
    themes=("Soft on the ears. Truly.", "The bass has manners.", "The world, at your volume."),
    pains=("Somebody is on speaker.", "Someone's chair squeaks."),
    materials="matte over-ear cups, soft leatherette cushions, satin metal headband",
    detail="the stitched cushion and the satin metal hinge",
    sublabel="sound",
    framework=Framework.PAS,
    mood="tech",
    looks=("coral", "lilac", "electric night", "neon night"),
    body="light",
    kinds={"earbud": "earbuds", "wireless earbuds": "earbuds", "earphone": "earbuds"},
    names=("Hush Audio", "Lowtone", "Aria Works"),
    pas=(
        Lines(("Everyone is talking.", "Nobody to you.", "Put these on.", "There. Music."), "Hear them"),
        Lines(("You heard the fridge.", "And the neighbours.", "Hear the song instead.", "Press play."), "Hear them"),
    ),
    bab=(
        Lines(("A train full of noise.", "A private concert.", "Press play."), "Hear them"),
        Lines(("You know this song.", "You have never heard it.", "Listen again."), "Hear them"),
    ),
    aida=(
        Lines(("Shh.", "This is the good part.", "Every breath. Every string.", "Press play."), "Hear them"),
        Lines(("Turn it down.", "Then turn it up.", "The room goes. Music stays.", "Listen again."), "Hear them"),
        Lines(("Louder.", "No, closer.", "Feel it before you hear it.", "Play."), "Hear them", "bold"),
    ),
)

SPEAKER = Product(
    id="speaker",
    noun="speaker",
    words=("speaker", "bluetooth speaker", "soundbar", "hi-fi", "record player", "turntable", "radio", "smart speaker"),
    audience="people whose kitchen is a dance floor",
    pain="good songs out of a tiny phone",
    themes=("Fills a room. Not a shelf.", "Looks good switched off.", "From whisper to kitchen."),
    pains=("The phone is in a mug.", "The mug is not a speaker."),
    materials="woven fabric grille, walnut and matte aluminium, one dial",
    detail="the woven grille and the knurled dial",
    sublabel="sound",
    framework=Framework.AIDA,
    mood="energetic",
    looks=("ember", "graphite", "coral", "neon night"),
    body="dark",
    kinds={"record player": "record player", "turntable": "record player", "radio": "radio", "soundbar": "soundbar"},
    names=("Lowtone", "Room Nine", "Dial & Wood"),
    pas=(
        Lines(("Your phone is in a glass.", "You call that bass.", "Give the song a room.", "Move the table."), "Hear it"),
        Lines(("Great song.", "Tiny voice.", "Let it fill the room.", "Play it again."), "Hear it"),
    ),
    bab=(
        Lines(("A kitchen.", "A dance floor.", "Move the table."), "Hear it"),
        Lines(("Background music.", "Not any more.", "Let the room sing."), "Hear it"),
    ),
    aida=(
        Lines(("Warn the neighbours.", "Or invite them.", "Every song gets the room.", "Play it."), "Hear it"),
        Lines(("Wait for the drop.", "Small box. Big evening.", "You feel it in the floor.", "Turn it up."), "Hear it"),
    ),
)

LAPTOP = Product(
    id="laptop",
    noun="laptop",
    words=("laptop", "notebook computer", "computer", "tablet", "pc", "gaming laptop"),
    audience="people who work where they are",
    pain="a fan that starts when you do",
    themes=("Opens. And waits for you.", "Thin where it matters.", "Quiet while you think."),
    pains=("The fan takes off.", "The wheel goes round."),
    materials="machined aluminium body, edge-to-edge dark display, fine chamfer",
    detail="the chamfered edge and the keys",
    sublabel="computing",
    framework=Framework.AIDA,
    mood="tech",
    looks=("ink and steel", "fog", "electric night"),
    body="dark",
    kinds={"tablet": "tablet", "pc": "computer", "computer": "computer"},
    names=("Northbeam", "Fold", "Parallel"),
    pas=(
        Lines(("The wheel is turning.", "Your idea is leaving.", "Keep up with yourself.", "Open. Go."), "See it"),
        Lines(("You had a thought.", "It was loading.", "Now it just opens.", "Think faster."), "See it"),
    ),
    bab=(
        Lines(("A desk is a place.", "It used to be the only one.", "Work from where you are."), "See it"),
        Lines(("Waiting for the machine.", "The machine waits for you.", "Open it."), "See it"),
    ),
    aida=(
        Lines(("Lift one finger.", "That is the whole start-up.", "It keeps up. You go on.", "Open it."), "See it"),
        Lines(("Close the others.", "This one is enough.", "Thin, bright, no fuss.", "Open it."), "See it"),
    ),
)

PHONE = Product(
    id="phone",
    noun="smartphone",
    words=("smartphone", "mobile phone", "cell phone", "phone"),
    audience="people who look up now and then",
    pain="a battery in the red and a long way home",
    themes=("It fits the hand.", "A screen like a window.", "Ready before you are."),
    pains=("The red bar.", "The last gate. No socket."),
    materials="satin metal frame, dark glass back, bright clean display",
    detail="the metal frame and the lens ring",
    sublabel="mobile",
    framework=Framework.AIDA,
    mood="tech",
    looks=("lilac", "electric night", "sky"),
    body="dark",
    names=("Orbit", "Halo Works", "Finch"),
    busy_near=True,
    pas=(
        Lines(("The red bar again.", "A long way home.", "Carry something calm.", "Look up again."), "See it"),
        Lines(("You missed the picture.", "It was still thinking.", "This one is looking.", "Got it."), "See it"),
    ),
    bab=(
        Lines(("A screen.", "A window.", "Look through it."), "See it"),
        Lines(("Everything, everywhere.", "And now, one calm thing.", "Hold it once."), "See it"),
    ),
    aida=(
        Lines(("Look closer.", "It is all glass and light.", "Small in hand. Big inside.", "Hold it."), "See it"),
        Lines(("Pick it up.", "You were going to anyway.", "This time, it is worth it.", "Look."), "See it"),
    ),
)

PRODUCTS = (HEADPHONES, SPEAKER, LAPTOP, PHONE)
