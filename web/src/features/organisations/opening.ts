// Open or closed now, and from when an answer may be expected, worked out from the openings that the server told. Pure:
// `now` is given. Times are milliseconds; openings are in order and apart. Of several who answer, open when any is.
import type { Availability } from "../../api/protocol";

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expected =
  | { readonly open: true; readonly until: number; readonly by: number | null }
  | { readonly open: false; readonly from: number | null; readonly by: number | null };

/** The openings of all of them together that are not over. */
export function spansOf(all: readonly Availability[], now: number): readonly Span[] {
  const spans = all.flatMap((one) => one.openings.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end) })));
  const merged: Span[] = [];
  for (const span of spans.filter((s) => s.end > now).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

/** What whoever writes now may expect. */
export function expected(all: readonly Availability[], now: number): Expected {
  const spans = spansOf(all, now);
  const promises = all.flatMap((one) => (typeof one.promise === "number" ? [one.promise] : []));
  const by = promises.length > 0 ? answerBy(spans, now, Math.max(...promises)) : null;
  const first = spans[0];
  if (first && first.start <= now) return { open: true, until: first.end, by };
  return { open: false, from: first?.start ?? null, by };
}

/** The moment at which `promise` minutes of open time have passed since `now`; null beyond what is known. */
export function answerBy(spans: readonly Span[], now: number, promise: number): number | null {
  let left = promise * 60_000;
  for (const span of spans) {
    const start = Math.max(span.start, now);
    if (start + left <= span.end) return start + left;
    left -= Math.max(0, span.end - start);
  }
  return null;
}

/** The next moment at which the answer of `expected` changes by itself. */
export function changesAt(all: readonly Availability[], now: number): number | null {
  const moments = spansOf(all, now).flatMap((span) => [span.start, span.end]);
  return moments.find((moment) => moment > now) ?? null;
}
