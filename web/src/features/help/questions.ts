// The questions that help answers, in their order; what is asked and answered stands in the catalogue. Fetched with the
// page, in the language of the reader.
import type nl from "@texts/nl/help.json";
import type { Key } from "../../i18n/text";
import type { Language } from "../../platform/preferences";

export type Texts = Readonly<Record<keyof typeof nl, string>>;
type Title<K> = K extends `help.${infer Id}.title` ? Id : never;
export type QuestionId = Title<keyof typeof nl>;

export interface Question {
  readonly id: QuestionId;
  readonly title: string;
  readonly answer: readonly string[];
  /** What people call it besides, to be found by. */
  readonly words: string;
}

interface Part {
  readonly name: "help.begin" | "help.messages" | "help.calls" | "help.safety" | "help.staff";
  readonly questions: readonly QuestionId[];
  readonly staffOnly?: boolean;
}

const PARTS: readonly Part[] = [
  { name: "help.begin", questions: ["invitation", "sign-on", "password", "forgotten", "devices", "install", "why"] },
  { name: "help.messages", questions: ["emergency", "whom", "answer", "send", "notifications", "offline", "alter", "file", "find", "group"] },
  { name: "help.calls", questions: ["call", "start-call", "call-trouble", "calls-safe"] },
  { name: "help.safety", questions: ["safe", "pin", "sensor", "hide", "two-factor", "passkey", "lost-phone", "plan"] },
  { name: "help.staff", questions: ["invite-client", "absence", "host-call", "recover-factor"], staffOnly: true },
];

export const PLACE_NAMES = {
  "/hulp-bij-nood": "menu.need",
  "/contacten": "menu.contacts",
  "/bestanden": "menu.files",
  "/instellingen": "menu.settings",
  "/instellingen/apparaten": "settings.devices",
  "/instellingen/meldingen": "notifications.title",
  "/instellingen/werktijden": "settings.hours",
  "/uitnodigingen": "menu.invitations",
} as const satisfies Readonly<Record<string, Key>>;

/** Where an answer tells of a page of the app, that page. */
export const PLACES: Partial<Readonly<Record<QuestionId, keyof typeof PLACE_NAMES>>> = {
  emergency: "/hulp-bij-nood",
  plan: "/hulp-bij-nood",
  whom: "/contacten",
  file: "/bestanden",
  find: "/bestanden",
  group: "/instellingen",
  password: "/instellingen",
  devices: "/instellingen/apparaten",
  install: "/instellingen/apparaten",
  "two-factor": "/instellingen",
  passkey: "/instellingen",
  "lost-phone": "/instellingen",
  pin: "/instellingen/apparaten",
  sensor: "/instellingen/apparaten",
  hide: "/instellingen/apparaten",
  notifications: "/instellingen/meldingen",
  absence: "/instellingen/werktijden",
  "invite-client": "/uitnodigingen",
};

export async function loadTexts(language: Language): Promise<Texts> {
  const loaded = language === "en" ? await import("@texts/en/help.json") : await import("@texts/nl/help.json");
  return loaded.default;
}

export interface Shown {
  readonly name: Part["name"];
  readonly questions: readonly Question[];
}

export interface Reader {
  readonly staff: boolean;
  /** Not signed in: nobody knows yet who it is. */
  readonly outside: boolean;
  readonly invites: boolean;
  readonly recovers: boolean;
}

/** What is not for all who see its part. */
const ASKED_BY: Partial<Readonly<Record<QuestionId, (reader: Reader) => boolean>>> = {
  "sign-on": ({ staff, outside }) => staff || outside,
  whom: ({ staff }) => !staff,
  answer: ({ staff }) => !staff,
  "start-call": ({ staff }) => !staff,
  group: ({ staff }) => !staff,
  plan: ({ staff }) => !staff,
  "invite-client": ({ invites }) => invites,
  "recover-factor": ({ recovers }) => recovers,
};

const plain = (text: string): string => text.normalize("NFD").replace(/[\p{M}\p{Pd}]/gu, "").toLowerCase();

/** Whether all words of `sought` are there: whatever the case, the accents, the hyphens, and the marks of a question. */
function answers({ title, answer, words }: Question, sought: string): boolean {
  const text = plain([title, ...answer, words].join(" "));
  return plain(sought).split(/[^\p{L}\p{N}]+/u).every((word) => text.includes(word));
}

/** The questions of the reader with all words of `sought`, by part; parts without one are left out. */
export function shownFor(texts: Texts, reader: Reader, sought: string): readonly Shown[] {
  return PARTS.filter((part) => reader.staff || !part.staffOnly)
    .map(({ name, questions }) => ({
      name,
      questions: questions
        .filter((id) => ASKED_BY[id]?.(reader) ?? true)
        .map((id) => question(texts, id))
        .filter((one) => answers(one, sought)),
    }))
    .filter(({ questions }) => questions.length > 0);
}

function question(texts: Texts, id: QuestionId): Question {
  const words: Readonly<Record<string, string | undefined>> = texts;
  const answer: string[] = [];
  for (let number = 1; ; number++) {
    const paragraph = words[`help.${id}.${number}`];
    if (paragraph === undefined) break;
    answer.push(paragraph);
  }
  return { id, title: texts[`help.${id}.title`], answer, words: words[`help.${id}.words`] ?? "" };
}
