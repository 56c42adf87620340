// The transport's signs, 20 px, in the colour of the text around them.

const SVG = "http://www.w3.org/2000/svg";

const SIGNS = {
  play: "M8 5.500v13l10.500-6.500z",
  pause: "M8.500 5.500v13M15.500 5.500v13",
  stepBack: "M16 6.500L9.500 12l6.500 5.500zM7 6.500v11",
  stepOn: "M8 6.500l6.500 5.500L8 17.500zM17 6.500v11",
  loop: "M7 8h9.500a3 3 0 0 1 3 3v1M9.500 5.500L7 8l2.500 2.500M17 16H7.500a3 3 0 0 1-3-3v-1M14.500 18.500L17 16l-2.500-2.500",
  muted: "M4.500 9.500v5h3.500l4.500 3.500V6L8 9.500zM16 9.800l4.500 4.500M20.500 9.800L16 14.300",
  sound: "M4.500 9.500v5h3.500l4.500 3.500V6L8 9.500zM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11",
  full: "M5 9.500V5h4.500M14.500 5H19v4.500M19 14.500V19h-4.500M9.500 19H5v-4.500",
  sides: "M4 6h7v12H4zM13 6h7v12h-7z",
  wipe: "M4 6h16v12H4zM12 3.500v17M7 9v6",
  difference: "M9.500 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10M14.500 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10",
  down: "M8 10l4 4 4-4",
  keys: "M3.500 7h17v10h-17zM7 10.500h.1M10.300 10.500h.1M13.700 10.500h.1M17 10.500h.1M8 13.800h8",
  worst: "M4 7l4.500 6 3.500-3 3 7.500L20 9M15 17.500v3",
  wipeGrip: "M9.500 8L5.500 12l4 4M14.500 8l4 4-4 4",
};

/** The sign of that name. */
export function compareIcon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", SIGNS[name]);
  svg.append(path);
  return svg;
}
