"""The word lists that `hints.py` reads with: platforms, styles, seasons, and the words that name no product. Data only."""

from pipelines.aspect import Aspect
from pipelines.copywriter.lexicon import word_set

NUMBER_WORDS: dict[str, float] = {
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "one": 1,
    "two": 2,
}

# (words, name for people, shape); the first that matches gives the shape, so a format stands above its platform.
PLATFORMS: tuple[tuple[str, str, Aspect], ...] = (
    (r"vertical|portrait", "", Aspect.VERTICAL),
    (r"horizontal|landscape|widescreen", "", Aspect.HORIZONTAL),
    (r"square", "", Aspect.SQUARE),
    (r"youtube shorts?", "YouTube Shorts", Aspect.VERTICAL),
    (r"(?:instagram |facebook )?feed(?: post)?|carousel", "feed", Aspect.SQUARE),
    (r"tik[\s-]?tok", "TikTok", Aspect.VERTICAL),
    (r"instagram(?: reels?| story| stories)?|insta|ig", "Instagram", Aspect.VERTICAL),
    (r"reels?|stories|shorts(?! for)|snapchat", "short video", Aspect.VERTICAL),
    (r"you[\s-]?tube", "YouTube", Aspect.HORIZONTAL),
    (r"linked[\s-]?in", "LinkedIn", Aspect.HORIZONTAL),
    (r"tv|television|cinema ad|billboard", "TV", Aspect.HORIZONTAL),
    (r"(?:our |my |the )?(?:website|homepage|landing page)(?= |$|\.|,)(?! ad)", "website", Aspect.HORIZONTAL),
    (r"facebook", "Facebook", Aspect.SQUARE),
)

STYLES: dict[str, str] = {
    "luxury": r"\b(?:luxur(?:y|ious)|premium|high[\s-]end|exclusive|elegant|elegance|upscale|sophisticated|opulent|refined)\b",
    "minimalist": r"\b(?:minimal(?:ist|istic|ism)?|clean look|understated|scandinavian|zen)\b",
    "eco-friendly": r"\b(?:eco[\s-]?friendly|eco|sustainab(?:le|ility)|green (?:brand|ad|company)|natural|planet[\s-]friendly"
    r"|environment(?:al|ally friendly)?)\b",
    "energetic": r"\b(?:energetic|energi[sz]ing|high[\s-]energy|dynamic|upbeat|bold|fast[\s-]paced|powerful|sporty|intense|punchy)\b",
    "playful": r"\b(?:playful|fun|funny|quirky|cheerful|whimsical|colou?rful|cute|humorous|happy)\b",
    "modern": r"\b(?:modern|futuristic|high[\s-]tech|techy?|cutting[\s-]edge|sleek|innovative|cyber)\b",
    "calm": r"\b(?:calm(?:ing)?|relax(?:ing|ed)|serene|soothing|peaceful|gentle|tender|romantic|tranquil|co[sz]y|quiet|soft(?! drinks?))\b",
    "vintage": r"\b(?:vintage|retro|nostalgi[ca]|classic|old[\s-]school|timeless|heritage)\b",
    "cinematic": r"\b(?:cinematic|epic|dramatic|noir|moody|film[\s-]like|emotional)\b",
    "corporate": r"\b(?:corporate|professional|serious|b2b|businesslike|trustworthy)\b",
}

SEASONS: dict[str, str] = {
    "Black Friday": r"black friday|cyber monday",
    "Christmas": r"christmas|xmas|advent",
    "New Year": r"new year(?:'s|’s)?",
    "Valentine’s Day": r"valentine(?:'s|’s|s)?(?: day)?",
    "Mother’s Day": r"mother(?:'s|’s|s)? day",
    "Father’s Day": r"father(?:'s|’s|s)? day",
    "Easter": r"easter",
    "Halloween": r"halloween",
    "summer": r"summer(?:time)?",
    "winter": r"winter",
    "spring": r"spring(?= |$)(?! water)",
    "autumn": r"autumn|fall (?:season|collection|launch)",
}

FRAMEWORKS_NAMED: dict[str, str] = {
    "PAS": r"\bPAS\b|(?i:\bproblem[\s,–-]+agitat\w*[\s,–-]+solu?\w*)",
    "BAB": r"\bBAB\b|(?i:\bbefore[\s,–-]+(?:and[\s-]+)?after[\s,–-]+bridge\b)",
    "AIDA": r"\bAIDA\b|(?i:\battention[\s,–-]+interest[\s,–-]+desire\b)",
}

URGENCY = (
    r"\b(?:today only|this (?:week|weekend|month) only|limited[\s-](?:time|edition)(?: offer)?|while stocks? lasts?"
    r"|ends (?:today|tonight|soon|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|last chance)\b"
)

# What does something for people, whatever it is called.
SERVING = (
    r"\b(?:tuning|sitting|hire|coaching|tutoring|catering|removals?|installation|alterations|maintenance|consultancy|therapy|practice"
    r"|logistics|solutions|hiring|we (?:fix|clean|repair|help|teach|install|organi[sz]e|look after|care for|deliver|rent))\b"
)

# What is given away, and when an offer holds.
FREE = (
    r"shipping|delivery|trial|samples?|gift|returns|test ride|test drive|consultation|quote|estimate|check-?up|tasting|class|lesson|entry"
    r"|installation|first visit|first consultation|coffee|dessert|session|fitting|breakfast"
)
WHEN = (
    r"\s*,?\s+(?P<when>(?:on|every|until|till)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays)"
    r"|this (?:week|weekend|month)(?! only)|all (?:week|weekend|month)|in (?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december))\b"
)

# What is measured and can be pointed at: a number, its unit and what it is of.
FEATURES = (
    r"\b\d{1,4}(?:\.\d)?[\s-](?:hour|day|week|month|year|minute|second)s?[\s-](?:of\s)?(?:battery(?: life)?|playtime|warranty|guarantee"
    r"|protection|hydration|burn(?: time)?|hold|wear|charge|charging|freshness|insulation|proving|ferment(?:ation)?|returns?)\b"
    r"|\b(?:water(?:proof|[\s-]resistant)|dive[\s-]ready)\s(?:to|up to|down to)\s\d{1,4}\s?m(?:et(?:er|re)s)?\b"
    r"|\b100\s?%\s(?:organic|natural|recycled|recyclable|compostable|vegan|cotton|linen|wool|silk|cashmere|arabica|plant[\s-]based|cruelty[\s-]free)\b"
    r"|\bspf\s?\d{2}\+?"
)

# Words that order an ad rather than name what it sells.
COMMAND_WORDS = word_set(
    "buy order visit try come ideal "
    "a an the and or but with without for of in on at to from by as is are be that this these those it its my our your their his "
    "her me us you i we create make generate produce design build write want need give show get please can could would should like "
    "need do let made help using use have has having will must just so very really super quite some any something anything someone "
    "thing things stuff one another new other ad ads advert adverts advertisement advertisements advertising commercial "
    "commercials video videos clip clips film movie spot spots promo promotion promotional campaign content post posts reel reels "
    "story stories short shorts animation trailer teaser explainer promote promoting promotes sell selling sells advertise launch "
    "launching announce announcing introduce introducing feature featuring about around cool nice great good best better amazing "
    "awesome beautiful pretty stunning perfect catchy engaging viral creative interesting attractive eye-catching aesthetic "
    "aesthetics style styled styles look looks looking feel feeling vibe vibes mood tone theme themed visual visuals music quality "
    "high social media platform instagram tiktok youtube facebook linkedin snapchat twitter pinterest tv television website online "
    "internet second seconds sec secs minute minutes min long length format vertical horizontal square portrait landscape "
    "widescreen people everyone audience viewers customers fans followers watch see enjoy fast quick quickly simple easy small big "
    "little ever brand brands company business product products service services item items called named offering offers offer "
    "sale discount off free today only now pas bab aida hello hi hey thanks thank test testing prompt idea ideas whatever random "
    "hd 4k ai who what when where why how not no yes more most less much many lot lots all every each also too then than into over "
    "under up down out"
)

# Capitalised words that are nobody's brand.
BRANDLESS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays "
    "january february march april may june july august september october november december christmas xmas easter halloween "
    "valentine valentines mother mothers father fathers day black cyber year new eve english french german italian spanish swiss "
    "japanese american british scandinavian nordic danish swedish norwegian korean chinese indian mexican greek turkish brazilian "
    "dutch belgian portuguese australian canadian irish scottish european asian african london paris berlin york tokyo rome milan "
    "leeds manchester madrid barcelona amsterdam vienna zurich dubai sydney toronto chicago boston america europe asia africa usa "
    "uk us eu nyc la instagram tiktok youtube facebook linkedin snapchat reels shorts stories tv ios android apple google saas crm "
    "ai api app vr ar b2b b2c diy gps usb led suv ev pr seo faq hd uhd gen z millennials ceo cto pas bab aida problem agitate solve "
    "before after bridge attention interest desire action white product service brand shop store company business gift"
)

# Where things come from: "olive oil from Crete" is nobody's brand. In quotes, or after "called", it may still be one.
ORIGINS = word_set(
    "afghanistan albania algeria argentina armenia austria bali belgium bolivia bosnia brazil bulgaria cambodia cameroon canada "
    "chile china colombia croatia cuba cyprus denmark ecuador egypt england estonia ethiopia finland france georgia germany ghana "
    "greece guatemala holland honduras hungary iceland india indonesia iran ireland israel italy jamaica japan java jordan kenya "
    "korea latvia lebanon lithuania luxembourg madagascar malaysia malta mexico mongolia morocco nepal netherlands nicaragua "
    "nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal romania rwanda scotland senegal serbia "
    "singapore slovakia slovenia somalia spain sumatra sweden switzerland syria taiwan tanzania thailand tunisia turkey uganda "
    "ukraine uruguay venezuela vietnam wales yemen zealand south north east west northern southern eastern western upper lower "
    "island islands isle valley coast lake mount saint st alps andalusia andes apulia arran auvergne bavaria black forest bordeaux "
    "brittany burgundy calabria california caribbean catalonia champagne cornwall corsica cotswolds crete devon dolomites dorset "
    "emilia galicia hawaii highlands islay jura kent lapland liguria lombardy madeira mallorca mediterranean mosel naxos normandy "
    "norfolk orkney oregon peloponnese piedmont provence puglia rioja sardinia savoy shetland sicily skye suffolk sussex swabia "
    "tasmania texas toscana tuscany tyrol umbria vermont wachau yorkshire aberdeen athens auckland bangkok bath beijing belfast "
    "bergen bern birmingham bologna bremen brighton bristol bruges brussels budapest cairo cambridge cardiff cologne copenhagen "
    "cork delhi detroit dresden dublin edinburgh florence frankfurt galway geneva ghent glasgow gothenburg graz hamburg hanover "
    "helsinki istanbul jerusalem kyoto leipzig lisbon liverpool ljubljana lyon marseille melbourne miami modena montreal mumbai "
    "munich naples newcastle nice norwich nottingham nuremberg osaka oslo oxford palermo parma philadelphia porto portland prague "
    "reykjavik riga rotterdam salzburg seattle seoul seville shanghai sheffield siena stockholm stuttgart tallinn turin valencia "
    "vancouver venice verona vilnius warsaw wellington york zagreb"
)
