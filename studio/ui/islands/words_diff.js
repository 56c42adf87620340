// What differs between two texts, word by word. Pure: no page, no DOM.

/** {before, after}: pieces {text, kind} of each text, in order; kind "same", and "gone" (before) or "new" (after). Joined, the
 *  pieces are the texts. Words are letters and digits; every other sign stands for itself; spaces belong to no change. */
export function wordsDiff(before, after) {
  const a = words(before);
  const b = words(after);
  const length = longestCommon(a, b);
  const kept = [new Set(), new Set()];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i].text === b[j].text) { kept[0].add(i++); kept[1].add(j++); } else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return { before: pieces(a, kept[0], "gone", before), after: pieces(b, kept[1], "new", after) };
}

function words(text) {
  return [...text.matchAll(/(\s*)([\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s])/gu)].map(([, space, word]) => ({ space, text: word }));
}

/** length[i][j]: how many words a[i…] and b[j…] have in common, in order. */
function longestCommon(a, b) {
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i][j] = a[i].text === b[j].text ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  return length;
}

function pieces(list, kept, changed, whole) {
  const found = [];
  list.forEach(({ space, text }, i) => {
    const kind = kept.has(i) ? "same" : changed;
    const last = found.at(-1);
    if (last?.kind === kind) last.text += space + text;
    else if (kind === "same") found.push({ kind, text: space + text });
    else if (last) { last.text += space; found.push({ kind, text }); } else found.push(...(space ? [{ kind: "same", text: space }] : []), { kind, text });
  });
  const end = /\s*$/.exec(whole)[0];
  if (end && found.length) {
    if (found.at(-1).kind === "same") found.at(-1).text += end;
    else found.push({ kind: "same", text: end });
  }
  return found;
}
