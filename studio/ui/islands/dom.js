// Making DOM nodes: elements, icons, and the page's words. Text only ever enters as text nodes.
//
//   h(tag, attributes, ...children) → element          icon(name) → <svg> of 20 px          fill(text, values) → text
//   styled(root, ...sheets) → Promise: the style sheets /s/<name> are in `root` and loaded (a shadow root starts empty)
//   duration(seconds)  roughly(seconds)  fileSize(bytes)  money(dollars)  moneyAtMost(dollars)  date(iso, {time})  ago(iso)  → text

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
  check: "M5 12.500l4.5 4.500L19 7.5",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14",
  again: "M19 12a7 7 0 1 1-2.1-5M19.5 3.500v4.500H15",
  plus: "M12 5v14M5 12h14",
  close: "M6.5 6.500l11 11M17.5 6.500l-11 11",
  closeUp: "M3 12h6.500M6.300 8.500L9.800 12l-3.500 3.500M21 12h-6.500M17.700 8.500L14.200 12l3.500 3.500M12 5v14",
  keys: "M3.500 7h17v10h-17zM7 10.500h.1M10.300 10.500h.1M13.700 10.500h.1M17 10.500h.1M8 13.800h8",
  markIn: "M15 5H9v14h6",
  markOut: "M9 5h6v14H9",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z",
  chevron: "M8 10l4 4 4-4",
  arrow: "M5 12h13M13 6.500l5.5 5.5-5.5 5.5",
  alert: "M12 8v5M12 16.500v.1M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  info: "M12 11v5.500M12 7.900v.1M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
  film: "M4 5h16v14H4zM4 9.700h16M4 14.300h16M9 5v14M15 5v14",
  image: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9.500v.1",
  play: "M8 5.500v13l10.500-6.500z",
  search: "M10.500 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.300 15.300L20 20",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.4L17 7M10.500 10.500v5.500M13.500 10.500v5.500",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
  copy: "M9 9h10.500v10.500H9zM15 9V4.500H4.500V15H9",
  more: "M5.500 12h.01M12 12h.01M18.500 12h.01",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.500 20.500c.6-4 3.600-6 7.500-6s6.900 2 7.500 6",
  leave: "M14 4.500H5.500v15H14M10.500 12H20M16.500 8.500L20 12l-3.500 3.500",
  eye: "M2.500 12C4.500 8 8 6 12 6s7.500 2 9.500 6c-2 4-5.500 6-9.500 6s-7.500-2-9.500-6M12 9.300a2.700 2.700 0 1 1 0 5.400 2.700 2.700 0 0 1 0-5.400",
  eyeShut: "M4 4l16 16M9.500 6.400A10 10 0 0 1 12 6c4 0 7.500 2 9.500 6a14 14 0 0 1-3 4M6.300 7.700A13 13 0 0 0 2.500 12c2 4 5.500 6 9.500 6a10 10 0 0 0 4.300-.9M10 10.200A2.700 2.700 0 0 0 13.800 14",
  clock: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17M12 7.500V12l3 2",
  wand: "M4.500 19.500l10-10M13 4.500v3M11.500 6h3M18.500 11v3M17 12.500h3M18 5.500v.1M14.500 9.500l1-1",
  upload: "M12 15V4M7.500 8.500L12 4l4.500 4.500M5 20h14",
  edit: "M5 19l.8-3.800L16 5l3 3L8.800 18.200zM13.500 7.500l3 3",
  heart: "M12 19.500C7 15.800 4 12.900 4 9.400A4.300 4.300 0 0 1 12 7.200 4.300 4.300 0 0 1 20 9.400C20 12.900 17 15.800 12 19.500z",
  anchor: "M12 8.500V20M12 4a2.200 2.200 0 1 1 0 4.500A2.200 2.200 0 0 1 12 4M5 13.500c.5 4 3.300 6.500 7 6.500s6.500-2.500 7-6.500M8.500 11.500h7",
  branch: "M6 4.500v9a3 3 0 0 0 3 3h9.500M15 12.500l4 4-4 4",
  zoom: "M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13M15.300 15.300L20 20M10.500 7.800v5.400M7.800 10.500h5.400",
  minus: "M5 12h14",
  speaker: "M4.500 9.500v5H8l5 4v-13l-5 4zM16.500 9a4.200 4.200 0 0 1 0 6M19 6.500a8 8 0 0 1 0 11",
  silent: "M4.500 9.500v5H8l5 4v-13l-5 4zM16.500 9.500l5 5M21.500 9.500l-5 5",
  back: "M19 12H6M11.500 6.500L6 12l5.500 5.500",
  pause: "M8.500 5.500v13M15.500 5.500v13",
  toStart: "M6.500 5.500v13M18 6v12l-8-6z",
  undo: "M8.500 5L4.500 9l4 4M4.500 9h9a5.500 5.500 0 0 1 0 11h-3",
  redo: "M15.500 5l4 4-4 4M19.500 9h-9a5.500 5.500 0 0 0 0 11h3",
  split: "M12 3.500v17M8.500 8L4.500 12l4 4M15.500 8l4 4-4 4",
  text: "M5.500 7V5h13v2M12 5v14M9 19h6",
  captions: "M4 5.500h16v13H4zM7.500 14.800h5M15.500 14.800h1M7.500 11.300h1M11.500 11.300h5",
  toEnd: "M17.500 5.500v13M6 6v12l8-6z",
  magnet: "M6 5v7a6 6 0 0 0 12 0V5M6 9h3.500V5H6zM14.500 9H18V5h-3.500z",
  fit: "M4.500 9V4.500H9M15 4.500h4.500V9M19.500 15v4.500H15M9 19.500H4.500V15",
  key: "M14.500 4.500a5 5 0 1 1-3.700 8.300L4.500 19v.5H8V17h2.500M16 8v.1",
};

/** Put the style sheets of those names into `root`; resolves when all are there, so that nothing is seen undressed. */
export function styled(root, ...sheets) {
  return Promise.all(sheets.map((name) => new Promise((resolve) => {
    const link = h("link", { rel: "stylesheet", href: `/s/${name}`, onload: resolve, onerror: resolve });
    root.append(link);
  })));
}

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

/** 1.5 → "$1.50"; what is spent but rounds to nothing says so. */
export function money(dollars) {
  const amount = Number(dollars);
  if (amount > 0 && amount < 0.005) return "< $0.01";
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** The same of what something may cost: rounded up to the cent, for a bound that is rounded down is none. */
export function moneyAtMost(dollars) {
  return money(Math.ceil(Math.round(Number(dollars) * 1e4) / 100) / 100);
}

/** "14 Nov 2025", or with the time "14 Nov 2025, 10:30"; in the reader's time zone. */
export function date(iso, { time = false } = {}) {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", ...(time ? { timeStyle: "short" } : {}) });
}

/** "just now", "5 min ago", "3 h ago", "yesterday", "4 days ago", and the date beyond a week. */
export function ago(iso) {
  const seconds = (Date.now() - new Date(iso).getTime()) / 1000;
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = Math.floor(seconds / 86400);
  if (days === 1) return "yesterday";
  return days < 7 ? `${days} days ago` : date(iso);
}
