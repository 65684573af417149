// The one place that keeps the session, as a signal that the screens read. Nothing is written to the device's storage:
// messages and what is being written are health data, and leave with the page.
import { computed, signal } from "@preact/signals";
import { START, type Session } from "./session";
import type { State } from "../state/state";

export const session = signal<Session>(START);
export const state = computed<State>(() => session.value.state);

export type Ended = "signedOut" | "outdated" | null;
export const ended = signal<Ended>(null);

/** A session ended while its person was at work here; `unsent`: not all they wrote was sent. Until they are back. */
export const left = signal<{ readonly unsent: boolean } | null>(null);

/** True until the first `welcome`: there is nothing to draw yet but skeletons. */
export const isLoading = computed(() => state.value.me === null);
