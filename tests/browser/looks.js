// What an eye and a thumb would find wrong with the page as it stands, shadow roots included; evaluated in the page by the tests.
(() => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap((element) => [element, ...(element.shadowRoot ? inside(element.shadowRoot) : [])]);
  const all = inside(document.body);
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest(".sr, [aria-hidden=true]");
  const label = (e) => `${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className} ${e.textContent.trim().slice(0, 30)}`;

  // Names
  const named = (e) => e.getAttribute("aria-label") || e.textContent.trim() || [...(e.labels ?? [])].some((l) => l.textContent.trim());
  const controls = all.filter((e) => e.matches("button, a[href], input, select, textarea, summary, video"));
  const unnamed = controls.filter((e) => !named(e)).map(label);

  // Sizes: a control, or what takes its place, is 44 px each way; a link that covers its card is as large as the card
  const target = (e) => (e.matches("input[type=radio], input[type=checkbox], input[type=color]") ? e.closest("label") : e.matches(".ad .open") ? e.closest(".ad") : e);
  const shown = controls.filter((e) => seen(target(e)) && !e.matches("video, .skip")).map(target);
  const small = shown.filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44).map(label);

  // Contrast: WCAG 2.2, text against the nearest painted ground; the drawn sets are pictures
  const channels = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => {
    const [lr, lg, lb] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  };
  const ground = (e) => {
    for (let node = e; node; node = node.parentElement ?? node.getRootNode().host) {
      const colour = channels(getComputedStyle(node).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return channels(getComputedStyle(document.body).backgroundColor);
  };
  const texts = all.filter((e) => seen(e) && !e.closest(".frame, .shot, :disabled") && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  const faint = texts.flatMap((e) => {
    const [a, b] = [luminance(channels(getComputedStyle(e).color)), luminance(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    return ratio < 4.5 ? [`${ratio.toFixed(2)} ${label(e)}`] : [];
  });

  const scroll = Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return { scroll, headings: all.filter((e) => e.matches("h1") && seen(e)).length, unnamed, small, faint };
})()
