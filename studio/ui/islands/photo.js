// The product photo: chosen, dropped or pasted, sent with its progress, shown, removed.

import { fileSize, fill, h, icon } from "./dom.js";
import { toLogin } from "./api.js";
import { row } from "./fields.js";

/** page: what studio/words/generate.py says. changed(): called when a photo is there, or is there no more. id: where several stand.
 *  value() → {id, name, width, height, url} or null; take(file) sends one; sending() → whether one is on its way. */
export function photoField(page, changed, id = "photo") {
  const { words, limits } = page;
  let photo = null;
  let request = null;

  const input = h("input", { type: "file", id, accept: limits.photoTypes.join(","), "aria-describedby": `${id}-hint ${id}-fault` });
  const fault = h("p", { id: `${id}-fault`, class: "fault", role: "alert", hidden: true });
  const empty = h("label", { class: "drop", for: id }, icon("image"),
    h("span", {}, h("b", {}, words.photoAdd), " ", h("small", { id: `${id}-hint` }, fill(words.photoDrop, { size: limits.photoSize }))));
  const meter = h("i", {});
  const sendingText = h("span", { class: "small" });
  const bar = h("div", { class: "bar", role: "progressbar", "aria-label": words.photo, "aria-valuemin": 0, "aria-valuemax": 100 }, meter);
  const sending = h("div", { class: "sent", hidden: true }, h("div", { class: "grow" }, sendingText, bar), button(words.photoStop, stop));
  const picture = h("img", { alt: words.photoAlt, width: 56, height: 56 });
  const name = h("b", {});
  const size = h("small", {});
  const there = h("div", { class: "sent", hidden: true }, picture, h("div", { class: "grow" }, name, size), button(words.photoRemove, remove));
  const node = row(words.photo, [h("div", { class: "photo" }, input, empty, sending, there), fault], { id });

  input.addEventListener("change", () => { if (input.files[0]) take(input.files[0]); input.value = ""; });
  picture.addEventListener("error", () => { picture.hidden = true; });

  function button(label, act) {
    return h("button", { type: "button", class: "clear", "aria-label": label, onclick: act }, icon("close"));
  }

  function draw() {
    input.disabled = Boolean(request || photo);
    empty.hidden = Boolean(request || photo);
    sending.hidden = !request;
    there.hidden = Boolean(request) || !photo;
    if (!photo) return;
    picture.hidden = !photo.url;
    if (photo.url) picture.src = photo.url;
    name.textContent = photo.name || words.photoKept;
    size.textContent = photo.width ? fill(words.photoSize, photo) : "";
  }

  function complain(sentence) {
    fault.hidden = !sentence;
    fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
  }

  function progress(file, part) {
    const percent = Math.floor(100 * part);
    sendingText.textContent = fill(words.photoSending, { name: file.name, percent });
    meter.style.transform = `scaleX(${part})`;
    bar.setAttribute("aria-valuenow", percent);
  }

  function take(file) {
    complain("");
    if (!limits.photoTypes.includes(file.type)) return complain(fill(words.photoType, { name: file.name }));
    if (file.size > limits.photoBytes) {
      return complain(fill(words.photoLarge, { name: file.name, size: fileSize(file.size), most: limits.photoSize }));
    }
    request?.abort();
    const asked = new XMLHttpRequest(); // fetch tells nothing of how much has been sent
    request = asked;
    const form = new FormData();
    form.append("file", file, file.name);
    asked.upload.onprogress = (event) => { if (event.lengthComputable) progress(file, event.loaded / event.total); };
    asked.onload = () => {
      if (request === asked) request = null;
      const reply = parsed(asked.responseText);
      if (asked.status === 401) return toLogin();
      if (asked.status === 201) photo = reply;
      else complain(reply.error?.message || fill(words.photoFailed, { name: file.name }));
      draw();
      changed();
      if (photo) there.querySelector("button").focus({ preventScroll: true });
    };
    asked.onerror = () => {
      if (request === asked) request = null;
      complain(fill(words.photoFailed, { name: file.name }));
      draw();
    };
    asked.open("POST", "/api/uploads");
    asked.setRequestHeader("accept", "application/json");
    asked.send(form);
    progress(file, 0);
    draw();
  }

  function stop() {
    request?.abort();
    request = null;
    draw();
    input.focus({ preventScroll: true });
  }

  function remove() {
    photo = null;
    draw();
    changed();
    input.focus({ preventScroll: true });
  }

  draw();
  return {
    node,
    take,
    sending: () => Boolean(request),
    value: () => photo,
    set: (kept) => { photo = kept ? { ...kept, url: kept.url || `/api/uploads/${encodeURIComponent(kept.id)}` } : null; complain(""); draw(); },
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
