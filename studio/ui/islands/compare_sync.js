// Several films played as one. One leads: the longest, and of several the one that is heard. The others are held to it by their speed; one
// that is far off is waited for, and all begin again together.
//
//   filmSync(told) → {use(films, fps), play(), pause(), toggle(), seek(seconds), step(frames), rate(factor), loop(range), …}
//     use(films, fps)   <video> elements, in order; time and whether they play stay as they are
//     loop(range)       {from, to} in seconds is played over and over; null: to the end, once
//     told(state)       after every change, and at every picture while they play: {time, duration, frame, frames, playing, waiting}
//     heard()           which of them is muted has changed
//     time(), state()   now
//   A film that stalls makes the others wait for it. One that is shorter stands on its last picture.

const OFF = 0.25; // of a frame: farther off than this a film hurries or lingers …
const TOGETHER = 0.05; // … until it is nearer than this
const WITHIN_S = 0.15; // and has made up for it by then,
const MOST = 0.5; // with at most this much of its speed: pictures alone, what is heard leads
const FAR_S = 0.25; // farther than this is made up by a jump of all
const READY_MS = 2500; // as long as films may take to have enough in hand for playing through

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
  let sets = 0; // of films, so far
  let target = null; // where a jump in flight goes next
  let flight = null;
  let kept = 0;
  const hurrying = new Set();

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
    lead = films.includes(lead) ? lead : null;
    const mine = (sets += 1); // not a turn: play may be pressed before the films are known
    halt();
    await Promise.all(films.map(known));
    if (mine !== sets) return;
    appoint();
    await jump(Math.min(kept, duration()));
    if (mine !== sets) return;
    if (wanted) begin();
    else tell();
  }

  /** Who leads from now on. Films that end within a frame of each other are as long. */
  function appoint() {
    const longest = Math.max(0, ...films.map((film) => film.duration || 0));
    const long = films.filter((film) => (film.duration || 0) > longest - 1 / fps);
    lead = long.find((film) => !film.muted) ?? long[0] ?? films[0] ?? null;
    atSpeed();
  }

  function atSpeed() {
    hurrying.clear();
    for (const film of films) film.playbackRate = speed;
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
    if (!lead) {
      waiting = wanted;
      tell();
      return;
    }
    const [from, to] = [range?.from ?? 0, range?.to ?? duration()];
    const at = time();
    waiting = true;
    tell();
    await jump(at >= to - 1 / fps || (range && at < from) ? from : at);
    atSpeed();
    const going = films.filter((film) => film.currentTime < end(film) - 0.1 / fps);
    await Promise.all(going.map(playable));
    if (mine !== turn) return;
    waiting = false;
    await Promise.allSettled(going.map((film) => film.play()));
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
    const others = films.filter((film) => film !== lead && !film.error && !film.ended && at < end(film));
    if (others.some((film) => Math.abs(film.currentTime - at) > FAR_S * Math.max(1, speed))) {
      begin();
      return;
    }
    for (const film of others) keepUp(film, film.currentTime - at);
    tell();
    requestAnimationFrame(() => tick(mine));
  }

  /** off: seconds by which a film is ahead. Its speed is set when it leaves its place and when it is back, not at every picture between. */
  function keepUp(film, off) {
    const frames = Math.abs(off) * fps;
    if (frames < TOGETHER && hurrying.delete(film)) film.playbackRate = speed;
    else if (frames > OFF && !hurrying.has(film)) hurrying.add(film);
    if (!hurrying.has(film)) return;
    const wanted = speed * (1 - Math.max(-MOST, Math.min(MOST, off / WITHIN_S / speed)));
    if (Math.abs(film.playbackRate - wanted) > 0.04 * speed) film.playbackRate = wanted;
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
    rate: (factor) => { speed = factor; atSpeed(); },
    heard: appoint, // what is heard has changed
    loop: (next) => { range = next; if (wanted && range && (time() < range.from || time() > range.to)) begin(); },
  };
}

/** Its length is known, or it never will be. */
async function known(film) {
  while (film.getAttribute("src") && film.readyState < 1 && !film.error) await once(film, "loadedmetadata"); // the film before it is let go first
}

/** It can be played through, as far as the browser can tell; on a slow line, what there is has to do after a while. */
function playable(film) {
  if (film.readyState >= 4 || film.error || film.ended) return null;
  const enough = film.readyState >= 3 ? null : once(film, "canplay");
  return Promise.all([enough, Promise.race([once(film, "canplaythrough"), new Promise((resolve) => { setTimeout(resolve, READY_MS); })])]);
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
