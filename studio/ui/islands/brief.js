// What is asked for, as the API takes it.

const FIELDS = [
  "prompt", "duration", "aspect_ratio", "framework", "style", "grade", "brand", "brand_colors", "seed", "voice", "models", "coherence", "lora", "lora_weight", "product_image_id",
  "rating", "features",
];

/** `brief` (of the composer, or of an ad) as a body of POST /api/generate: what was left to the studio is left out. */
export function asBody(brief) {
  return Object.fromEntries(FIELDS.map((name) => [name, brief[name]]).filter(([, value]) => !empty(value)));
}

function empty(value) {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
