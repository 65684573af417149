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

const LONGEST_NAME = 200;

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
    ...(period && { since: firstDay(period, now) }),
    ...(name.trim() && { name: name.trim().slice(0, LONGEST_NAME) }),
  };
}

/** The first day (2026-11-23) of this week, which begins on Monday, month or year. */
export function firstDay(period: Period, now: Date): string {
  const day = period === "week" ? now.getDate() - ((now.getDay() + 6) % 7) : 1;
  const first = new Date(now.getFullYear(), period === "jaar" ? 0 : now.getMonth(), day);
  return [first.getFullYear(), first.getMonth() + 1, first.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
