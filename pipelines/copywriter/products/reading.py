"""Things to learn from, and to read."""

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import Framework

COURSE = Product(
    id="course",
    noun="online course",
    words=(
        "course",
        "online course",
        "class",
        "workshop",
        "webinar",
        "school",
        "tutoring",
        "language course",
        "coaching",
        "training course",
        "bootcamp",
        "education",
        "lesson",
        "candle making",
        "cooking class",
        "pottery class",
        "art class",
        "university",
    ),
    audience="people who once said: someday",
    pain="a list of things to learn, getting longer",
    themes=("Small steps, in order.", "Pause. Repeat. Get it.", "Made for evenings."),
    pains=("Saved for later.", "Later is full."),
    materials="a thin laptop beside an open notebook and pencil, its display glowing with a calm page",
    detail="pencil on paper and the glowing page",
    sublabel="lessons",
    framework=Framework.BAB,
    mood="corporate",
    looks=("fog", "butter", "sky"),
    body="dark",
    kinds={"school": "school", "university": "university"},
    names=("Evening Class", "Inkwell", "Second Page"),
    pas=(
        Lines(("You saved it for later.", "Later never came.", "Take the first lesson.", "Look at you go."), "Start a lesson"),
        Lines(("You nod along.", "You do not follow.", "Begin at the beginning.", "Now you know."), "Start a lesson"),
    ),
    bab=(
        Lines(("One day, you said.", "Day one.", "Open the first page."), "Start a lesson"),
        Lines(("You looked it up.", "They look to you.", "Learn it properly."), "Start a lesson"),
    ),
    aida=(
        Lines(("You can learn this.", "Nobody is born with it.", "A step at a time, in order.", "Begin."), "Start a lesson"),
        Lines(("Sharpen a pencil.", "Evenings have a new use.", "You will feel it click.", "Page one."), "Start a lesson"),
    ),
)

BOOK = Product(
    id="book",
    noun="book",
    words=(
        "book",
        "novel",
        "ebook",
        "e-book",
        "magazine",
        "audiobook",
        "cookbook",
        "notebook",
        "journal",
        "bookshop",
        "bookstore",
        "newsletter",
        "comic",
    ),
    audience="people with a lamp and a late night",
    pain="an evening scrolled away",
    themes=("Good paper. Better company.", "The page turns itself.", "Dog-ear it. Please."),
    pains=("Thumb up. Thumb up.", "It is suddenly late."),
    materials="a cloth-bound hardback with a stamped cover, cream page edges, ribbon marker",
    detail="the cloth cover, the stamped letters and the page edges",
    sublabel="a book",
    framework=Framework.BAB,
    mood="calm",
    looks=("oat", "bottle green", "terracotta"),
    body="accent",
    kinds={"notebook": "notebook", "journal": "notebook", "magazine": "magazine", "newsletter": "newsletter"},
    names=("Inkwell Press", "Lamp & Leaf", "Second Page"),
    pas=(
        Lines(("You scrolled for an hour.", "Nothing happened.", "Here, something does.", "Just one chapter."), "Read it"),
        Lines(("You finished the series.", "And felt nothing.", "Turn a page instead.", "Stay up late."), "Read it"),
    ),
    bab=(
        Lines(("Just one page.", "It is two in the morning.", "Worth being tired."), "Read it"),
        Lines(("A chair.", "Somewhere else entirely.", "Open it."), "Read it"),
    ),
    aida=(
        Lines(("Chapter one.", "You should be in bed.", "It will not let you sleep.", "Open it."), "Read it"),
        Lines(("No spoilers.", "Only a door, and a page.", "You will miss your stop.", "Turn it."), "Read it"),
    ),
)

PODCAST = Product(
    id="podcast",
    noun="podcast",
    words=("podcast", "radio show", "radio station", "webradio"),
    audience="people with a walk ahead of them",
    pain="a quiet way home with nothing in your ears",
    themes=("Voices, up close.", "One story at a time.", "Made for the long way home."),
    pains=("Track nine. Track nine.", "Skip. Skip. Skip."),
    materials="brand lettering in brushed metal, warm and close",
    detail="the brushed edge of the metal letters",
    sublabel="",
    framework=Framework.AIDA,
    mood="cinematic",
    looks=("plum night", "ember", "clay room"),
    body="accent",
    names=("Night Window", "Second Voice", "Low Signal"),
    pas=(
        Lines(("The same song again.", "You skip it. Again.", "Listen to somebody.", "Stay a while."), "Listen in"),
        Lines(("A long way home.", "Nothing to hear.", "Put a voice in it.", "Press play."), "Listen in"),
    ),
    bab=(
        Lines(("The way home.", "One stop too far. Gladly.", "Just one more."), "Listen in"),
        Lines(("Doing the dishes.", "Somewhere else entirely.", "Press play."), "Listen in"),
    ),
    aida=(
        Lines(("Headphones in.", "A voice, very close.", "You will take the long way.", "Press play."), "Listen in"),
        Lines(("Closer.", "Somebody has a story.", "You will miss your stop.", "Listen."), "Listen in"),
    ),
)

PRODUCTS = (COURSE, BOOK, PODCAST)
