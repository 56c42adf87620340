// Making DOM nodes: elements, icons, and the page's words. Text only ever enters as text nodes.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
  check: "M5 12.500l4.5 4.500L19 7.5",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14",
  again: "M19 12a7 7 0 1 1-2.1-5M19.5 3.500v4.500H15",
  plus: "M12 5v14M5 12h14",
  close: "M6.5 6.500l11 11M17.5 6.500l-11 11",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z",
  chevron: "M8 10l4 4 4-4",
  arrow: "M5 12h13M13 6.500l5.5 5.5-5.5 5.5",
  alert: "M12 8v5M12 16.500v.1M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
};

/** An element. Attributes: `class`, `on…` listeners, true/false/null as present/absent, everything else as is. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A line icon of 20 px in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** `text` with its {names} filled in. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** 8 → "8 s", 80 → "1 min 20 s". */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest ? ` ${rest} s` : ""}`;
}

/** An estimate, no finer than it deserves: to 5 s below 90 s, to 10 s above. */
export function roughly(seconds) {
  const grain = seconds < 90 ? 5 : 10;
  return duration(Math.max(5, Math.round(seconds / grain) * grain));
}

/** 4194304 → "4.2 MB". */
export function fileSize(bytes) {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
