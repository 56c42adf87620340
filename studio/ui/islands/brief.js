// What is asked for, as the API takes it.

const FIELDS = [
  "prompt", "duration", "aspect_ratio", "framework", "style", "grade", "brand", "brand_colors", "seed", "voice", "models", "coherence", "lora", "lora_weight", "product_image_id",
  "rating", "features", "kit",
];

let kits = null; // ids of the brand kits there are; null until that is known

/** From now on these are the brand kits there are (brand_choice.js). */
export function offerKits(ids) {
  kits = new Set(ids);
}

/** `brief` (of the composer, or of an ad) as a body of POST /api/generate: what was left to the studio is left out, and so is a brand kit
 *  that was removed since. */
export function asBody(brief) {
  return Object.fromEntries(FIELDS.map((name) => [name, brief[name]]).filter(([name, value]) => !empty(value) && !(name === "kit" && kits && !kits.has(value))));
}

function empty(value) {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
