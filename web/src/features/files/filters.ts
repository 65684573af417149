// Which files the page shows. It stands in the address, so that going back finds it again; but a name that is sought may
// tell of somebody's health, and the browser keeps addresses, so that is in memory only.
import { signal } from "@preact/signals";
import type { Wanted } from "../../api/files";
import type { FileKind } from "../../api/protocol";

export const PERIODS = ["week", "maand", "jaar"] as const;
export type Period = (typeof PERIODS)[number];

/** Empty is all. */
export interface Filters {
  readonly conversation: string;
  readonly kind: FileKind | "";
  readonly person: string;
  readonly period: Period | "";
}

export const ALL: Filters = { conversation: "", kind: "", person: "", period: "" };

export const sought = signal("");

const WORDS: Readonly<Record<FileKind, string>> = {
  picture: "foto",
  pdf: "pdf",
  document: "document",
  audio: "geluid",
  video: "video",
  archive: "archief",
};
export const KINDS = Object.keys(WORDS) as readonly FileKind[];

export function fromAddress(query: string): Filters {
  const asked = new URLSearchParams(query);
  return {
    conversation: asked.get("gesprek") ?? "",
    kind: KINDS.find((kind) => WORDS[kind] === asked.get("soort")) ?? "",
    person: asked.get("wie") ?? "",
    period: PERIODS.find((period) => period === asked.get("wanneer")) ?? "",
  };
}

export function toAddress({ conversation, kind, person, period }: Filters): string {
  const asked = { gesprek: conversation, soort: kind && WORDS[kind], wie: person, wanneer: period };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value)).toString();
  return query ? `/bestanden?${query}` : "/bestanden";
}

/** The same as the server is asked. */
export function wantedBy({ conversation, kind, person, period }: Filters, name: string, now: Date): Wanted {
  return {
    ...(conversation && { conversation }),
    ...(kind && { kind }),
    ...(person && { person }),
    ...(period && { since: beginOf(period, now).toISOString() }),
    ...(name.trim() && { name: name.trim() }),
  };
}

/** When this week (from Monday), month or year began on this device. */
export function beginOf(period: Period, now: Date): Date {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  if (period === "week") return new Date(year, month, day - ((now.getDay() + 6) % 7));
  return period === "maand" ? new Date(year, month) : new Date(year, 0);
}
