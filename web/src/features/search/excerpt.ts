// The part of a text around the words that were sought, cut into what was found and what stands between. Compared as the
// server does: without case and accents.

export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

const BEFORE = 30;
const LONGEST = 140;

const plain = (letter: string): string => letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function pieces(text: string, sought: string): readonly Piece[] {
  const letters = [...text.replace(/\s+/g, " ")];
  const folded = letters.map(plain);
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const hit = marks(folded, words);
  const first = Math.max(0, hit.indexOf(true));
  const start = first <= BEFORE ? 0 : first - BEFORE;
  const end = Math.min(letters.length, start + LONGEST);
  const found: { text: string; found: boolean }[] = [];
  for (let i = start; i < end; i++) {
    const last = found.at(-1);
    const letter = letters[i] ?? "";
    if (last && last.found === hit[i]) last.text += letter;
    else found.push({ text: letter, found: hit[i] === true });
  }
  if (start > 0) found.unshift({ text: "…", found: false });
  if (end < letters.length) found.push({ text: "…", found: false });
  return found;
}

/** For each letter whether it is part of a word that was sought. */
function marks(folded: readonly string[], words: readonly string[]): boolean[] {
  const whole = folded.join("");
  const owner = folded.flatMap((part, letter) => Array.from({ length: part.length }, () => letter));
  const hit = folded.map(() => false);
  for (const word of words)
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length))
      for (let i = at; i < at + word.length; i++) hit[owner[i] ?? 0] = true;
  return hit;
}
