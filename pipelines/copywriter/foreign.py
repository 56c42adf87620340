"""Words of shopkeepers who write in their own language, and what they call in English; and which language a prompt is in.

A short list of trades, no dictionary: it finds the product, the lines stay English.
"""

import re

from pipelines.copywriter.lexicon import word_set

TRADES: dict[str, str] = {
    # German
    "handtasche": "handbag", "handtaschen": "handbag", "geldbörse": "wallet", "geldbörsen": "wallet", "brieftasche": "wallet",
    "rucksäcke": "backpack", "stofftasche": "tote", "stofftaschen": "tote", "hemden": "shirt", "hemd": "shirt",
    "bäckerei": "bakery", "brot": "bread", "kuchen": "cake", "konditorei": "patisserie", "eisdiele": "ice cream",
    "eis": "ice cream", "schokolade": "chocolate", "honig": "honey", "olivenöl": "olive oil", "käse": "cheese",
    "kaffee": "coffee", "tee": "tea", "bier": "beer", "brauerei": "brewery", "wein": "wine", "weingut": "winery",
    "limonade": "lemonade", "saft": "juice", "gasthaus": "restaurant", "uhr": "watch", "schmuck": "jewellery",
    "kette": "necklace", "schuhe": "shoe", "tasche": "bag", "kleidung": "clothing", "brille": "eyewear",
    "sonnenbrille": "sunglasses", "parfüm": "perfume", "hautpflege": "skincare", "seife": "soap", "kerze": "candle",
    "möbel": "furniture", "matratze": "mattress", "spielzeug": "toy", "fahrrad": "bike", "auto": "car",
    "reinigung": "cleaning service", "klempner": "plumber", "sanitär": "plumber", "elektriker": "electrician",
    "maler": "painter", "friseur": "hairdresser", "zahnarzt": "dentist", "zahnarztpraxis": "dentist", "tierarzt": "vet",
    "hundefutter": "dog food", "blumenladen": "flower shop", "blumen": "flower shop", "gärtnerei": "gardener",
    "fotograf": "photographer", "hochzeit": "wedding", "anwalt": "lawyer", "anwaltskanzlei": "law firm", "kanzlei": "law firm",
    "steuerberater": "tax adviser", "versicherung": "insurance", "immobilien": "real estate", "reise": "travel",
    "ferienwohnung": "holiday home", "fitnessstudio": "gym", "yogastudio": "yoga studio", "tanzschule": "dance school",
    "buch": "book", "sprachschule": "language course", "dachdecker": "roofer", "tischlerei": "carpenter",
    "schreinerei": "carpenter", "werkstatt": "mechanic", "lippenstift": "lipstick", "verlobungsring": "engagement ring",
    "ehering": "wedding ring", "spielzeugauto": "toy car", "sonnenbrillen": "sunglasses", "brillen": "eyewear",
    "ohrringe": "earrings", "eheringe": "wedding ring", "halskette": "necklace", "lippenstifte": "lipstick",
    "stuhl": "dining chair", "stühle": "dining chair", "esstischstühle": "dining chair", "sessel": "armchair", "sofa": "sofa",
    "couch": "sofa", "sofas": "sofa", "tisch": "dining table", "tische": "dining table", "esstisch": "dining table",
    "esstische": "dining table", "couchtisch": "coffee table", "schreibtisch": "desk", "armband": "bracelet",
    "teddybär": "teddy bear", "teddybären": "teddy bear", "kuscheltier": "plush toy", "kuscheltiere": "plush toy",
    "plüschtier": "plush toy", "armbänder": "bracelet", "armreif": "bangle", "lampe": "lamp", "lampen": "lamp",
    "tischlampe": "table lamp", "stehlampe": "floor lamp", "stehlampen": "floor lamp", "schreibtische": "desk",
    "keramik": "pottery", "töpferei": "pottery", "steingut": "stoneware", "geschirr": "tableware", "becher": "mug", "tasse": "mug",
    "tassen": "mug", "keramiktasse": "ceramic mug", "keramiktassen": "ceramic mug", "kaffeetassen": "mug", "teller": "dinner plate",
    "vasen": "vase", "blumenvase": "vase", "seifen": "soap", "seifenstücke": "soap", "proteinriegel": "protein bar",
    "müsliriegel": "muesli bar", "energieriegel": "energy bar", "schokoriegel": "chocolate bar",
    # Spanish
    "mochila": "backpack", "mochilas": "backpack", "camiseta": "t-shirt", "camisetas": "t-shirt", "cartera": "wallet",
    "carteras": "wallet", "camisa": "shirt", "camisas": "shirt", "jersey": "jumper", "jerséis": "jumper",
    "panadería": "bakery", "pan": "bread", "pastelería": "patisserie", "helado": "ice cream", "helados": "ice cream",
    "miel": "honey", "aceite": "olive oil", "queso": "cheese", "café": "café", "cerveza": "beer", "vino": "wine",
    "bodega": "winery", "zumo": "juice", "restaurante": "restaurant", "pizzería": "pizzeria", "reloj": "watch",
    "joyería": "jewellery", "collar": "necklace", "zapatos": "shoe", "zapatillas": "sneaker", "bolso": "bag", "ropa": "clothing",
    "gafas": "sunglasses", "jabón": "soap", "vela": "candle", "velas": "candle", "muebles": "furniture", "colchón": "mattress",
    "juguetes": "toy", "bicicleta": "bike", "coche": "car", "limpieza": "cleaning service", "fontanero": "plumber",
    "electricista": "electrician", "peluquería": "hair salon", "barbería": "barbershop", "dentista": "dentist",
    "veterinario": "vet", "floristería": "flower shop", "flores": "flower shop", "fotógrafo": "photographer", "boda": "wedding",
    "abogado": "lawyer", "abogados": "law firm", "inmobiliaria": "real estate", "viajes": "travel", "gimnasio": "gym",
    "libro": "book", "seguros": "insurance", "taller": "mechanic", "clínica": "clinic",
    "pintalabios": "lipstick", "anillo": "ring", "anillos": "ring", "pendientes": "earrings", "juguete": "toy",
    "silla": "dining chair", "sillas": "dining chair", "sillón": "armchair", "sillones": "armchair", "sofá": "sofa", "sofás": "sofa",
    "mesa": "dining table", "mesas": "dining table", "peluche": "plush toy", "peluches": "plush toy",
    "osito": "teddy bear", "pulsera": "bracelet", "pulseras": "bracelet", "brazalete": "bangle",
    "lámpara": "lamp", "lámparas": "lamp", "escritorio": "desk", "escritorios": "desk",
    "cerámica": "pottery", "alfarería": "pottery", "vajilla": "tableware", "taza": "mug", "tazas": "mug", "jarrón": "vase",
    "jarrones": "vase", "jabones": "soap", "barritas": "energy bar", "barrita": "energy bar",
    # French
    "portefeuille": "wallet", "portefeuilles": "wallet", "chemise": "shirt", "chemises": "shirt",
    "boulangerie": "bakery", "pâtisserie": "patisserie", "glace": "ice cream", "glacier": "ice cream", "huile": "olive oil",
    "fromage": "cheese", "fromagerie": "cheese", "thé": "tea", "bière": "beer", "brasserie": "restaurant", "vin": "wine",
    "montre": "watch", "bijoux": "jewellery", "collier": "necklace", "chaussures": "shoe", "sac": "bag", "vêtements": "clothing",
    "lunettes": "sunglasses", "parfum": "perfume", "savon": "soap", "bougie": "candle", "bougies": "candle",
    "meubles": "furniture", "matelas": "mattress", "jouets": "toy", "vélo": "bike", "voiture": "car", "plombier": "plumber",
    "électricien": "electrician", "coiffeur": "hairdresser", "dentiste": "dentist", "fleuriste": "flower shop",
    "fleurs": "flower shop", "photographe": "photographer", "mariage": "wedding", "avocat": "lawyer",
    "agence immobilière": "real estate", "immobilier": "real estate", "livre": "book", "chocolaterie": "chocolate",
    "rouge à lèvres": "lipstick", "bague": "ring", "bagues": "ring", "boucles d'oreilles": "earrings", "jouet": "toy",
    "chaise": "dining chair", "chaises": "dining chair", "fauteuil": "armchair", "fauteuils": "armchair", "canapé": "sofa",
    "canapés": "sofa", "table basse": "coffee table", "lampes": "lamp", "lampadaire": "floor lamp", "bracelets": "bracelet",
    "ours en peluche": "teddy bear", "nounours": "teddy bear",
    "poterie": "pottery", "céramique": "pottery", "céramiques": "pottery", "vaisselle": "tableware", "tasses": "mug",
    "assiettes": "dinner plate", "savons": "soap", "barres protéinées": "protein bar", "barres de céréales": "cereal bar",
    # Italian
    "zaino": "backpack", "zaini": "backpack", "portafoglio": "wallet", "portafogli": "wallet", "maglietta": "t-shirt",
    "magliette": "t-shirt", "camicia": "shirt", "camicie": "shirt", "maglione": "jumper", "maglioni": "jumper",
    "panetteria": "bakery", "pasticceria": "patisserie", "gelateria": "gelato", "olio": "olive oil", "formaggio": "cheese",
    "birra": "beer", "ristorante": "restaurant", "orologio": "watch", "gioielli": "jewellery", "scarpe": "shoe", "borsa": "bag",
    "abbigliamento": "clothing", "occhiali": "sunglasses", "profumo": "perfume", "sapone": "soap", "candela": "candle",
    "candele": "candle", "mobili": "furniture", "materasso": "mattress", "giocattoli": "toy", "idraulico": "plumber",
    "parrucchiere": "hairdresser", "fiorista": "flower shop", "fiori": "flower shop", "matrimonio": "wedding",
    "avvocato": "lawyer", "palestra": "gym", "libri": "book", "rossetto": "lipstick",
    "anello": "ring", "anelli": "ring", "orecchini": "earrings", "collana": "necklace", "giocattolo": "toy",
    "sedia": "dining chair", "sedie": "dining chair", "poltrona": "armchair", "poltrone": "armchair", "divano": "sofa", "divani": "sofa",
    "tavolo": "dining table", "tavoli": "dining table", "tavolino": "coffee table", "scrivania": "desk", "lampada": "lamp",
    "lampade": "lamp", "bracciale": "bracelet", "bracciali": "bracelet",
    "orsetto": "teddy bear", "orsacchiotto": "teddy bear",
    "ceramica": "pottery", "ceramiche": "pottery", "stoviglie": "tableware", "tazza": "mug", "tazze": "mug", "vaso": "vase",
    "vasi": "vase", "saponi": "soap", "saponette": "soap", "barrette": "energy bar",
}  # fmt: skip

SAID: dict[str, frozenset[str]] = {
    "German": word_set("für unser unsere unseren unserem und wir ein eine einen der die das mit werbung von zum zur im auf ist sind"),
    "Spanish": word_set("para nuestro nuestra nuestros nuestras una un el la los las con anuncio de del y somos en por"),
    "French": word_set("pour notre nos une un le la les des du avec publicité et nous sommes dans pub de"),
    "Italian": word_set("per nostro nostra nostri una un il lo gli della del dei con pubblicità e siamo di annuncio"),
    "English": word_set("the an our for with and we are of make create that this ad ads is to in my your from"),
}


def trade_abroad(text: str) -> str:
    """What the first word of a trade in German, Spanish, French or Italian is in English; "" for none."""
    lowered = text.lower()
    found = [
        (match.start(), -len(word), english)
        for word, english in TRADES.items()
        for match in [re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", lowered)]
        if match
    ]
    return min(found)[2] if found else ""


def language_of(text: str) -> str:
    """German, Spanish, French or Italian where more of a prompt's small words are of it than English, at least two; else English."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in small for word in words) for language, small in SAID.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 2 and counts[best] > counts["English"] else "English"
