"""What is advertised without being known to this lexicon: words that are true of any good product or service."""

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import Framework

GENERIC_PRODUCT = Product(
    id="product",
    noun="product box",
    words=(
        "product",
        "phone case",
        "baby food",
        "charger",
        "power bank",
        "camera",
        "drone",
        "keyboard",
        "ring light",
        "glasses",
        "toothbrush",
        "razor",
        "stroller",
        "mug",
        "gift box",
        "subscription box",
        "gift",
        "gift card",
        "packaging",
        "merch",
        "online shop",
        "shop",
        "store",
        "brand",
    ),
    audience="people who like a good thing, well made",
    pain="things that almost work",
    themes=("Made to be used.", "It does what you hoped.", "Simple. On purpose."),
    pains=("Nearly right.", "Nearly is not right."),
    materials="a beautiful rigid box with an embossed mark, fine paper, sharp edges",
    detail="the embossed mark and the edge of the paper",
    sublabel="",
    framework=Framework.AIDA,
    mood="corporate",
    looks=("oat", "fog", "coral"),
    body="accent",
    names=("Fable & Form", "Goodly", "Maker's Row"),
    pas=(
        Lines(("It nearly works.", "Nearly, every time.", "Here is one that does.", "As it should be."), "See it"),
        Lines(("You made do.", "And then again.", "Enough of that.", "There it is."), "See it"),
    ),
    bab=(
        Lines(("You made do.", "You need not.", "Have the good one."), "See it"),
        Lines(("Something was missing.", "Here it is.", "Simple as that."), "See it"),
    ),
    aida=(
        Lines(("Open this.", "Slowly. It is worth it.", "Someone thought about it.", "Yours."), "See it"),
        Lines(("Look what arrived.", "Good, from the first touch.", "Made to be used. And kept.", "Open it."), "See it"),
    ),
)

GENERIC_SERVICE = Product(
    id="service",
    noun="service",
    words=(
        "service",
        "food delivery",
        "agency",
        "company",
        "business",
        "studio",
        "marketing agency",
        "repair",
        "rental",
        "delivery",
        "firm",
        "small business",
    ),
    audience="people with better things to do",
    pain="a list that grows by itself",
    themes=("One call. Then calm.", "You ask. It happens.", "Time, handed back."),
    pains=("On hold. Still on hold.", "The list had children."),
    materials="brand lettering in brushed metal, clean and calm",
    detail="the brushed edge of the metal letters",
    sublabel="",
    framework=Framework.PAS,
    mood="corporate",
    looks=("fog", "sky", "graphite"),
    body="accent",
    names=("Good Hands", "Plainly", "Halloway"),
    pas=(
        Lines(("Your list had children.", "They are growing.", "Hand one over.", "Enjoy the evening."), "Talk to us"),
        Lines(("You could do it yourself.", "You could also not.", "Leave it with us.", "Done."), "Talk to us"),
    ),
    bab=(
        Lines(("A long list.", "A long lunch.", "Leave it with us."), "Talk to us"),
        Lines(("Doing everything.", "Doing your thing.", "We take the rest."), "Talk to us"),
    ),
    aida=(
        Lines(("Put it down.", "We will take it from here.", "You get the afternoon.", "Just ask."), "Talk to us"),
        Lines(("One small question.", "What if it were done?", "Good people, on it.", "Just ask."), "Talk to us"),
    ),
)

PRODUCTS = (GENERIC_PRODUCT, GENERIC_SERVICE)
