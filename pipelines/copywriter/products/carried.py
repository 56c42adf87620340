"""Things people carry."""

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import Framework

BAG = Product(
    id="bag",
    noun="backpack",
    words=(
        "bag",
        "backpack",
        "tote",
        "tote bag",
        "canvas tote",
        "handbag",
        "purse",
        "satchel",
        "shoulder bag",
        "crossbody bag",
        "rucksack",
        "daypack",
        "suitcase",
        "luggage",
        "weekender",
    ),
    audience="people with one hand free and a train to catch",
    pain="digging for keys at your own front door",
    themes=("A place for every thing.", "Better with every scratch.", "Light, even when it is full."),
    pains=("Keys. Somewhere.", "The bottom is far away."),
    materials="sturdy canvas and full-grain leather, solid metal fittings, even stitching",
    detail="the stitching, the fittings and the grain",
    sublabel="bags",
    framework=Framework.PAS,
    mood="cinematic",
    looks=("dune", "travertine sun", "bottle green"),
    body="accent",
    kinds={
        "tote": "tote",
        "tote bag": "tote",
        "canvas tote": "tote",
        "handbag": "handbag",
        "purse": "handbag",
        "satchel": "satchel",
        "shoulder bag": "handbag",
        "crossbody bag": "handbag",
        "suitcase": "suitcase",
        "luggage": "suitcase",
        "weekender": "weekender",
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

WALLET = Product(
    id="wallet",
    noun="wallet",
    words=("wallet", "leather wallet", "billfold", "bifold wallet", "card holder", "cardholder", "card wallet", "coin purse"),
    audience="people with a pocket and nothing to prove",
    pain="a pocket that bulges with last year's receipts",
    themes=("What you need. No more.", "Better with every year.", "Thin where it matters."),
    pains=("Nine cards. One used.", "A receipt for chewing gum."),
    materials="full-grain leather, painted edges, a row of even saddle stitches, cards in their slots",
    detail="the stitched edge, the stamped name and the grain",
    sublabel="leather goods",
    framework=Framework.PAS,
    mood="calm",
    looks=("travertine sun", "bottle green", "oat"),
    body="accent",
    kinds={"coin purse": "coin purse"},
    names=("Tolland", "Harrow & Pike", "Selvage"),
    pas=(
        Lines(("A pocket like a brick.", "You sit on it crooked.", "Carry what counts.", "Slim by nature."), "See the wallet"),
        Lines(("Receipts from last year.", "Cards you never use.", "Keep the good ones.", "Room for enough."), "See the wallet"),
    ),
    bab=(
        Lines(("It used to bulge.", "Now it just fits.", "Pocket the difference."), "See the wallet"),
        Lines(("The old one wore out.", "This one wears in.", "Carry it for years."), "Find yours"),
    ),
    aida=(
        Lines(("Look at this edge.", "Cut, painted, stitched.", "It gets better with you.", "Take it along."), "See the wallet"),
        Lines(("Empty your pockets.", "Keep three cards and a note.", "That is all you need.", "Fold. Close. Go."), "Find yours"),
    ),
)

PRODUCTS = (BAG, WALLET)
