// The people and things of the tests: Anna is a client, Bram her practitioner, Petra plans.
import type { Conversation, Participant, StoredMessage, Welcome } from "../api/protocol";
import { apply } from "../realtime/apply";
import { EMPTY, type Pending, type State } from "../state/state";

export const ANNA = "anna";
export const BRAM = "bram";
export const PETRA = "petra";
export const TALK = "talk";
export const NOW = Date.parse("2026-11-24T13:05:00Z");

export const person = (id: string, role: "client" | "practitioner" | "planner" = "practitioner") =>
  ({ id, firstName: id[0]?.toUpperCase() + id.slice(1), lastName: "Test", role }) as const;

export const stored = (seq: number, sender = BRAM, id = `m${seq}`): StoredMessage => ({
  seq,
  id,
  sender,
  at: new Date(NOW + seq * 1000).toISOString(),
  body: `text ${seq}`,
});

export const run = (from: number, to: number, sender = BRAM): StoredMessage[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => stored(from + i, sender));

export const both = (delivered = 0, read = 0): Participant[] => [
  { person: ANNA, delivered, read },
  { person: BRAM, delivered, read },
];

export const talk = (messages: StoredMessage[], over: Partial<Conversation> = {}): Conversation => ({
  id: TALK,
  organisation: "organisation",
  kind: "treatment",
  createdAt: "2026-11-01T09:00:00Z",
  lastSeq: messages.at(-1)?.seq ?? 0,
  participants: both(),
  messages,
  ...over,
});

export const welcome = (conversations: Conversation[], me = ANNA): Welcome => ({
  type: "welcome",
  me: { id: me, firstName: "Anna", lastName: "Test", language: "nl" },
  organisations: [{ id: "organisation", name: "Praktijk", role: "client", accent: "#0b6b3a" }],
  people: [person(ANNA, "client"), person(BRAM), person(PETRA, "planner")],
  contacts: [BRAM],
  conversations,
  serverTime: "2026-11-24T13:05:00Z",
});

export const pending = (id: string, over: Partial<Pending> = {}): Pending => ({
  id,
  conversation: TALK,
  body: `body of ${id}`,
  at: new Date(NOW).toISOString(),
  status: "waiting",
  ...over,
});

export const welcomed = (...conversations: Conversation[]): State => apply(EMPTY, welcome(conversations), NOW);

export const seqs = (state: State): number[] => state.conversations[TALK]?.messages.map((m) => m.seq) ?? [];

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
