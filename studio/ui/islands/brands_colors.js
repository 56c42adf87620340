// What a brand's colours need on the page: whether type reads on them, and whether a logo drowns.
//
//   readable(color) → "#FFFFFF" or "#111111", whichever reads better on it        contrast(a, b) → 1..21
//   plateFor(image, ground) → the colour of the plate that the logo in a loaded <img> needs on the ground, "" for none (as
//                             pipelines/captions/logos.py does in films)

const SEEN = 1.9; // of its ink stands out at this contrast …
const ENOUGH = 0.7; // … when this much of it does
const PLATES = ["#FFFFFF", "#14151A"];
const SAMPLE = 48;

/** Black or white; see above. */
export function readable(color) {
  return contrast(color, "#FFFFFF") >= contrast(color, "#111111") ? "#FFFFFF" : "#111111";
}

/** WCAG's contrast of two "#RRGGBB". */
export function contrast(one, other) {
  const [light, dark] = [luminance(channels(one)), luminance(channels(other))].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** See above. */
export function plateFor(image, ground) {
  const canvas = new OffscreenCanvas(SAMPLE, SAMPLE).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(image, 0, 0, SAMPLE, SAMPLE);
  const { data } = canvas.getImageData(0, 0, SAMPLE, SAMPLE);
  const ink = [];
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 8) ink.push([luminance([...data.slice(at, at + 3)]), data[at + 3]]);
  if (ink.length > 0.98 * SAMPLE * SAMPLE) return ""; // it brings its own ground along
  const whole = ink.reduce((sum, [, alpha]) => sum + alpha, 0) || 1;
  const share = (on) => ink.reduce((sum, [light, alpha]) => sum + ((Math.max(light, on) + 0.05) / (Math.min(light, on) + 0.05) >= SEEN ? alpha : 0), 0) / whole;
  if (share(luminance(channels(ground))) >= ENOUGH) return "";
  const [white, black] = PLATES.map((plate) => share(luminance(channels(plate))));
  return white >= black ? PLATES[0] : PLATES[1];
}

function channels(color) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function luminance(color) {
  const [r, g, b] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
