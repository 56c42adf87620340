// A picture that can be enlarged and moved within its ground: wheel at the pointer, dragging, two fingers, a double click.
//
//   zoomable(ground, image, told(scale)) → {by(factor), fit()}
//     scale 1: the whole picture fits the ground.  It is never moved out of sight.

const MOST = 8;

/** See above. */
export function zoomable(ground, image, told) {
  let scale = 1;
  let x = 0;
  let y = 0;
  const fingers = new Map(); // pointerId → {x, y}
  let apart = 0;
  let presses = 0; // here: a double click that began elsewhere is none

  function apply() {
    const box = ground.getBoundingClientRect();
    const [spareX, spareY] = [Math.max(0, (image.offsetWidth * scale - box.width) / 2), Math.max(0, (image.offsetHeight * scale - box.height) / 2)];
    x = Math.min(spareX, Math.max(-spareX, x));
    y = Math.min(spareY, Math.max(-spareY, y));
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    ground.classList.toggle("zoomed", scale > 1);
    told(scale);
  }

  /** By `factor`, keeping what is at (clientX, clientY) where it is; without a point, the middle. */
  function by(factor, point = null) {
    const next = Math.min(MOST, Math.max(1, scale * factor));
    const box = ground.getBoundingClientRect();
    const [dx, dy] = point ? [point.x - box.x - box.width / 2, point.y - box.y - box.height / 2] : [0, 0];
    x = dx - (dx - x) * (next / scale);
    y = dy - (dy - y) * (next / scale);
    scale = next;
    apply();
  }

  function fit() {
    scale = 1;
    x = 0;
    y = 0;
    presses = 0;
    apply();
  }

  ground.addEventListener("wheel", (event) => {
    event.preventDefault();
    by(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  ground.addEventListener("dblclick", (event) => {
    if (presses < 2) return;
    if (scale > 1) fit();
    else by(2.5, { x: event.clientX, y: event.clientY });
  });
  ground.addEventListener("pointerdown", (event) => {
    presses += 1;
    ground.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    apart = distance();
  });
  ground.addEventListener("pointermove", (event) => {
    const from = fingers.get(event.pointerId);
    if (!from) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 1) {
      x += event.clientX - from.x;
      y += event.clientY - from.y;
      return apply();
    }
    const now = distance();
    if (apart) by(now / apart, middle());
    apart = now;
  });
  for (const end of ["pointerup", "pointercancel"]) ground.addEventListener(end, (event) => { fingers.delete(event.pointerId); apart = distance(); });
  new ResizeObserver(apply).observe(ground);

  function distance() {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  function middle() {
    const [a, b] = [...fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }

  return { by, fit };
}
