// Several films played as one. The longest leads; the others are held to it by their speed, and by a jump where they are far off.
//
//   filmSync(told) → {use(films, fps), play(), pause(), toggle(), seek(seconds), step(frames), rate(factor), loop(range), …}
//     use(films, fps)   <video> elements, in order; time and whether they play stay as they are
//     loop(range)       {from, to} in seconds is played over and over; null: to the end, once
//     told(state)       after every change, and at every picture while they play: {time, duration, frame, frames, playing, waiting}
//     time(), state()   now
//   A film that stalls makes the others wait for it. One that is shorter stands on its last picture.

const CLOSE_S = 0.008; // nearer than this is together
const FAR_S = 0.2; // farther than this is made up by a jump
const MOST = 0.12; // by how much of its speed a film hurries or lingers
const GAIN = 3;

/** See above. */
export function filmSync(told) {
  let films = [];
  let lead = null;
  let fps = 24;
  let speed = 1;
  let range = null;
  let wanted = false; // as far as the person is concerned
  let waiting = false;
  let turn = 0; // what was begun in an earlier turn is not finished
  let target = null; // where a jump in flight goes next
  let flight = null;
  let kept = 0;

  const end = (film) => Math.max(0, (Number.isFinite(film.duration) ? film.duration : 0) - 0.5 / fps);
  const duration = () => (lead && Number.isFinite(lead.duration) ? lead.duration : 0);
  const time = () => target ?? (lead && lead.readyState ? lead.currentTime : kept);

  function state() {
    const at = Math.min(time(), duration() || time());
    const frames = Math.max(0, Math.round(duration() * fps));
    return { time: at, duration: duration(), frames, frame: Math.min(Math.max(0, frames - 1), Math.floor(at * fps + 1e-3)), playing: wanted, waiting };
  }

  function tell() {
    told(state());
  }

  async function use(next, rate) {
    kept = time();
    for (const film of films) if (!next.includes(film)) film.pause();
    films = next;
    fps = rate || 24;
    const mine = halt();
    await Promise.all(films.map(known));
    if (mine !== turn) return;
    lead = films.reduce((longest, film) => ((film.duration || 0) > (longest?.duration || 0) ? film : longest), films[0] ?? null);
    for (const film of films) film.playbackRate = speed;
    await jump(Math.min(kept, duration()));
    if (mine === turn && wanted) begin();
    else tell();
  }

  /** Everything stands still; whoever was at work is told by the turn that has passed. */
  function halt() {
    turn += 1;
    waiting = false;
    for (const film of films) film.pause();
    return turn;
  }

  async function begin() {
    const mine = halt();
    if (!lead) return;
    const [from, to] = [range?.from ?? 0, range?.to ?? duration()];
    const at = time();
    waiting = true;
    tell();
    await jump(at >= to - 1 / fps || (range && at < from) ? from : at);
    await Promise.all(films.map(playable));
    if (mine !== turn) return;
    waiting = false;
    await Promise.allSettled(films.filter((film) => film.currentTime < end(film)).map((film) => film.play()));
    if (mine !== turn) return;
    tell();
    requestAnimationFrame(() => tick(mine));
  }

  function tick(mine) {
    if (mine !== turn || !wanted) return;
    const at = lead.currentTime;
    if (lead.ended || at >= (range ? range.to : end(lead))) {
      if (range) begin();
      else pause();
      return;
    }
    if (films.some((film) => !film.error && !film.ended && film.readyState < 3 && at < end(film))) {
      begin();
      return;
    }
    for (const film of films) if (film !== lead && !film.ended && at < end(film)) keepUp(film, at);
    tell();
    requestAnimationFrame(() => tick(mine));
  }

  function keepUp(film, at) {
    const off = film.currentTime - at;
    if (Math.abs(off) > FAR_S) film.currentTime = at;
    const factor = Math.abs(off) > CLOSE_S ? 1 - Math.max(-MOST, Math.min(MOST, off * GAIN)) : 1;
    if (Math.abs(film.playbackRate - speed * factor) > 0.002) film.playbackRate = speed * factor;
  }

  /** All to `seconds`. A jump asked for while one is in flight is made after it; of several, the last. */
  function jump(seconds) {
    target = Math.max(0, Math.min(seconds, lead ? end(lead) : seconds));
    kept = target;
    flight ??= fly().finally(() => { flight = null; });
    return flight;
  }

  async function fly() {
    while (target !== null) {
      const to = target;
      tell();
      await Promise.all(films.map((film) => moved(film, Math.min(to, end(film)))));
      if (target === to) target = null;
    }
  }

  async function seek(seconds) {
    const mine = halt();
    await jump(seconds);
    if (mine !== turn) return;
    if (wanted) begin();
    else tell();
  }

  function pause() {
    wanted = false;
    halt();
    tell();
  }

  function play() {
    wanted = true;
    begin();
  }

  return {
    use, play, pause, seek, time, state,
    toggle: () => (wanted ? pause() : play()),
    step: (frames) => { wanted = false; return seek((state().frame + frames + 0.5) / fps); },
    rate: (factor) => { speed = factor; for (const film of films) film.playbackRate = speed; },
    loop: (next) => { range = next; if (wanted && range && (time() < range.from || time() > range.to)) begin(); },
  };
}

/** Its length is known, or it never will be. */
function known(film) {
  return film.readyState >= 1 || film.error ? null : once(film, "loadedmetadata");
}

function playable(film) {
  return film.readyState >= 3 || film.error || film.ended ? null : once(film, "canplay");
}

function moved(film, seconds) {
  if (film.error || !film.readyState || (Math.abs(film.currentTime - seconds) < 1e-4 && !film.seeking)) return null;
  const done = once(film, "seeked");
  film.currentTime = seconds;
  return done;
}

/** An event, or a fault or the film being let go, whichever comes first. */
function once(film, name) {
  return new Promise((resolve) => {
    const names = [name, "error", "emptied"];
    const over = () => { for (const one of names) film.removeEventListener(one, over); resolve(); };
    for (const one of names) film.addEventListener(one, over);
  });
}
