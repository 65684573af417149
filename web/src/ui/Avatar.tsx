// A person's initials on a quiet colour that stays theirs. Always beside the name, so it is not read out.

const HUES = 6;

/** "Bram de Vries" gives "BV": the first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return letters.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}

function hueOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES;
}

export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  return (
    <span class={`avatar hue-${hueOf(name)}${small ? " small" : ""}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
