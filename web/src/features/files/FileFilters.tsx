// What the page of files is narrowed by.
import type { FileKind, Person } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf, newestFirst, titleOf } from "../../state/select";
import type { State } from "../../state/state";
import { SearchField } from "../../ui/SearchField";
import { SelectField } from "../../ui/SelectField";
import { KINDS, PERIODS, sought, type Filters, type Period } from "./filters";

interface Props {
  readonly filters: Filters;
  /** Who sent something that is listed and is not known otherwise. */
  readonly people: readonly Person[];
  readonly onChange: (filters: Filters) => void;
}

interface Option<T extends string = string> {
  readonly value: T | "";
  readonly label: string;
}

const MANY: Readonly<Record<FileKind, Key>> = {
  picture: "files.kinds.picture",
  pdf: "files.kinds.pdf",
  document: "files.kinds.document",
  audio: "files.kinds.audio",
  video: "files.kinds.video",
  archive: "files.kinds.archive",
};

const TIMES: Readonly<Record<Period, Key>> = {
  week: "files.period.week",
  maand: "files.period.month",
  jaar: "files.period.year",
};

export const kindsName = (kind: FileKind): string => t(MANY[kind]);

export function FileFilters({ filters, people, onChange }: Props) {
  const now = state.value;
  const all = { value: "", label: t("files.all") } as const;
  const kinds: readonly Option<FileKind>[] = [all, ...KINDS.map((kind) => ({ value: kind, label: kindsName(kind) }))];
  const periods: readonly Option<Period>[] = [all, ...PERIODS.map((period) => ({ value: period, label: t(TIMES[period]) }))];
  return (
    <div class="file-filters">
      <SearchField label={t("files.search")} value={sought.value} onInput={(name) => (sought.value = name)} />
      <SelectField
        label={t("files.conversation")}
        value={filters.conversation}
        options={[all, ...conversations(now)]}
        onChange={(conversation) => onChange({ ...filters, conversation })}
      />
      <SelectField label={t("files.kindOf")} value={filters.kind} options={kinds} onChange={(kind) => onChange({ ...filters, kind })} />
      <SelectField
        label={t("files.person")}
        value={filters.person}
        options={[all, ...senders(now, filters.conversation, people)]}
        onChange={(person) => onChange({ ...filters, person })}
      />
      <SelectField
        label={t("files.period")}
        value={filters.period}
        options={periods}
        onChange={(period) => onChange({ ...filters, period })}
      />
    </div>
  );
}

export function conversationName(now: State, id: string): string {
  const held = now.conversations[id];
  if (!held) return "";
  const title = titleOf(now, held) || t("conversations.alone");
  return held.notesOf ? t("files.notesOn", { name: title }) : title;
}

const conversations = (now: State): readonly Option[] =>
  newestFirst(now).map(({ id }) => ({ value: id, label: conversationName(now, id) }));

/** Oneself first, then who takes part in the chosen conversation or in any, by name. */
function senders(now: State, conversation: string, known: readonly Person[]): readonly Option[] {
  const held = now.conversations[conversation];
  const among = held ? [held] : Object.values(now.conversations);
  const ids = new Set(among.flatMap(({ participants }) => participants.map(({ person }) => person)));
  const people = [...ids].map((id) => now.people[id]).filter((person) => person !== undefined);
  const others = [...people, ...known.filter((person) => !ids.has(person.id))]
    .filter((person, place, all) => person.id !== now.me?.id && all.findIndex(({ id }) => id === person.id) === place)
    .map((person) => ({ value: person.id, label: nameOf(person) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return [...(now.me ? [{ value: now.me.id, label: t("messages.you") }] : []), ...others];
}
