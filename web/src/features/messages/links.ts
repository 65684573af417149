// Finds the addresses in a text. Only http, https and mailto become links; anything else, `javascript:` above all, stays
// text. Nothing is ever fetched. The sentence's own punctuation at the end is not part of an address.

export type Piece = string | { readonly href: string; readonly text: string };

const ADDRESS = /\b(?:https?:\/\/|mailto:)[^\s<>"“”]+/gi;
const ALLOWED = ["http:", "https:", "mailto:"];

export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(match[0]);
    const href = safe(address);
    if (!href) continue;
    if (match.index > done) found.push(text.slice(done, match.index));
    found.push({ href, text: address });
    done = match.index + address.length;
  }
  if (done < text.length) found.push(text.slice(done));
  return found;
}

function withoutPunctuation(address: string): string {
  let end = address.length;
  let unopened = address.split(")").length - address.split("(").length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? "";
    if (last === ")" ? unopened <= 0 : !".,;:!?'’]}".includes(last)) break;
    if (last === ")") unopened -= 1;
  }
  return address.slice(0, end);
}

function safe(address: string): string | null {
  try {
    const url = new URL(address);
    return ALLOWED.includes(url.protocol) && (url.host || url.pathname) ? url.href : null;
  } catch {
    return null;
  }
}
