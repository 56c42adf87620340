// What is asked for, as the API takes it.

const FIELDS = [
  "prompt", "duration", "aspect_ratio", "framework", "style", "grade", "brand", "brand_colors", "seed", "voice", "captions", "models", "coherence", "lora", "lora_weight", "product_image_id",
  "rating", "features", "kit", "team",
];

const there = {}; // by field: ids of the brand kits there are, and of the teams that one may order for; nothing until that is known

/** From now on these are the brand kits there are (brand_choice.js). */
export function offerKits(ids) {
  there.kit = new Set(ids);
}

/** From now on these are the teams that one may order for (team_choice.js). */
export function offerTeams(ids) {
  there.team = new Set(ids);
}

/** `brief` (of the composer, or of an ad) as a body of POST /api/generate: what was left to the studio is left out, and so are a
 *  brand kit that was removed since and a team that was left. */
export function asBody(brief) {
  return Object.fromEntries(FIELDS.map((name) => [name, brief[name]]).filter(([name, value]) => !empty(value) && (there[name]?.has(value) ?? true)));
}

function empty(value) {
  return value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}
