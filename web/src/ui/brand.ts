// An organisation's accent, brought to where text on it and in it can be read (WCAG 1.4.3: 4.5:1), and written to the
// style sheet's --brand properties. Contrast is computed as in WCAG 2.2, "relative luminance".

export type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const DARK_SURFACE: Rgb = [23, 31, 27];
const ENOUGH = 4.5;

export function parse(hex: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  return match ? [parseInt(match[1] ?? "", 16), parseInt(match[2] ?? "", 16), parseInt(match[3] ?? "", 16)] : null;
}

const linear = (channel: number) =>
  channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;

const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * share);
  return [part(0), part(1), part(2)];
}

/** `colour`, moved towards `to` in steps until it stands out enough against `against`. */
function readable(colour: Rgb, against: Rgb, to: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const tried = mix(colour, to, share);
    if (contrast(tried, against) >= ENOUGH) return tried;
  }
  return to;
}

const css = ([r, g, b]: Rgb) => `rgb(${r} ${g} ${b})`;

export function brand(accent: string, style: CSSStyleDeclaration): void {
  const colour = parse(accent);
  if (!colour) return;
  const tint = mix(colour, WHITE, 0.81);
  // Links and names also stand on the tint, which is darker than white.
  const strong = readable(colour, tint, BLACK);
  style.setProperty("--brand", css(strong));
  style.setProperty("--brand-tint", css(tint));
  style.setProperty("--brand-light", css(readable(colour, mix(DARK_SURFACE, strong, 0.45), WHITE)));
  style.setProperty("--brand-shade", css(mix(DARK_SURFACE, strong, 0.45)));
}
