// How transitions look on the stage: what the film's own do to every pixel (pipelines/transitions.py), as near as a browser's styles come.
//
//   blended(name, w) → {under, over, veil, glint, known}   w: from 0 (the clip before) to 1 (the clip after)
//     under, over: styles of the two pictures; veil: {color, opacity} over both; glint: {at (0..1 across), opacity} of a streak of light
//     known: false where there is no likeness and a fade stands in for it; the page then says so

const smooth = (w) => w * w * (3 - 2 * w);
const clamp = (x) => Math.max(0, Math.min(1, x));
const quart = (w) => (w < 0.5 ? 8 * w ** 4 : 1 - 8 * (1 - w) ** 4);
const percent = (x) => `${(100 * x).toFixed(2)}%`;

/** A soft edge that crosses from the left: opaque up to `from`, clear beyond `to`, both 0..1 across and beyond. */
const edge = (tilt, from, to) => ({ opacity: "1", maskImage: `linear-gradient(${tilt}deg, #000 ${percent(from)}, transparent ${percent(to)})` });

const fade = (w) => ({ over: { opacity: String(smooth(w)) } });

function dip(color) {
  return (w) => ({ under: { opacity: w < 0.5 ? "1" : "0" }, over: { opacity: w < 0.5 ? "0" : "1" }, veil: { color, opacity: 1 - smooth(Math.abs(2 * w - 1)) } });
}

const LIKE = {
  crossfade: fade,
  dip_to_black: dip("#000"),
  dip_to_white: dip("#fff"),
  soft_wipe: (w) => ({ over: edge(83, smooth(w) * 1.45 - 0.45, smooth(w) * 1.45) }),
  push: (w) => ({ under: { transform: `translateX(${percent(-quart(w))})` }, over: { opacity: "1", transform: `translateX(${percent(1 - quart(w))})` } }),
  zoom_through: (w) => ({
    under: { transform: `scale(${(1 + 0.85 * w ** 2.5).toFixed(4)})` },
    over: { opacity: String(smooth(clamp((w - 0.28) / 0.44))), transform: `scale(${(1 - 0.2 * (1 - w) ** 2.5).toFixed(4)})` },
  }),
  light_sweep: (w) => {
    const at = -0.3 + 0.8 * (w + smooth(w));
    return { over: edge(90, at - 0.15, at + 0.15), glint: { at, opacity: Math.sin(Math.PI * w) ** 1.2 } };
  },
};

/** See above. */
export function blended(name, w) {
  const known = name in LIKE;
  return { under: {}, over: {}, veil: null, glint: null, known, ...(LIKE[name] ?? fade)(clamp(w)) };
}
