// Which messages are in sight, measured in the page.

export interface Anchor {
  /** Scrolls the log so that the anchored message stands where it stood. */
  restore(): void;
}

const lines = (log: HTMLElement) => log.querySelectorAll<HTMLElement>("[data-seq]");

export function firstVisible(log: HTMLElement): Anchor | null {
  const edge = log.getBoundingClientRect().top;
  for (const line of lines(log)) {
    const { top, bottom } = line.getBoundingClientRect();
    if (bottom <= edge) continue;
    const seq = line.dataset["seq"];
    return { restore: () => restore(log, seq, top - edge) };
  }
  return null;
}

function restore(log: HTMLElement, seq: string | undefined, distance: number): void {
  const line = log.querySelector(`[data-seq="${seq}"]`);
  if (!line) return;
  const moved = line.getBoundingClientRect().top - log.getBoundingClientRect().top - distance;
  if (Math.abs(moved) >= 1) log.scrollTop += moved;
}

/** The number of the last message whose beginning is in sight; 0 when there is none. */
export function lastVisible(log: HTMLElement): number {
  const edge = log.getBoundingClientRect().bottom;
  const all = lines(log);
  for (let i = all.length - 1; i >= 0; i--) {
    const line = all[i];
    if (line && line.getBoundingClientRect().top + 20 <= edge) return Number(line.dataset["seq"]);
  }
  return 0;
}
