// Two fingers on the timeline: it is zoomed around the point between them.
//
//   pinching({canvas, scale(), began(), zoomAround(scale, frame)})   began: a second finger came; whatever the first one did is given up

/** See above. */
export function pinching({ canvas, scale, began, zoomAround }) {
  const fingers = new Map(); // pointer id → client x
  let was = null; // {apart (px), scale, frame (between the fingers)}

  const apart = () => {
    const [a, b] = fingers.values();
    return Math.max(24, Math.abs(a - b));
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    fingers.set(event.pointerId, event.clientX);
    if (fingers.size !== 2) return;
    event.stopPropagation();
    began();
    const [a, b] = fingers.values();
    canvas.dataset.pinch = "";
    was = { apart: apart(), scale: scale(), frame: ((a + b) / 2 - canvas.getBoundingClientRect().left) / scale() };
  }, { capture: true });
  window.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event.clientX);
    if (was && fingers.size === 2) zoomAround((was.scale * apart()) / was.apart, was.frame);
  });
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => {
    if (!fingers.delete(event.pointerId)) return;
    was = null;
    if (!fingers.size) canvas.removeAttribute("data-pinch");
  });
  // Not passive: while two fingers lie here, the browser neither scrolls nor takes the pointers away.
  canvas.addEventListener("touchmove", (event) => { if ("pinch" in canvas.dataset || event.touches.length > 1) event.preventDefault(); }, { passive: false });
}
