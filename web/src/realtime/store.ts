// The one place that keeps the session, as a signal that the screens read. Nothing of it is written to the device's storage
// from here: messages and what is being written are health data, and are kept only sealed (`features/lock/keeping.ts`).
import { computed, signal } from "@preact/signals";
import type { ServerFrame, SharedFile } from "../api/protocol";
import { START, type Session } from "./session";
import { chosenOrganisation } from "../platform/organisation";
import type { State } from "../state/state";
import { within } from "../state/within";

export const session = signal<Session>(START);

/** What the screens show: of somebody of several organisations, the one they act for. */
export const state = computed<State>(() => within(session.value.state, chosenOrganisation.value));

/**
 * `another`: the line is somebody else's than the person whose messages this page holds. `secondFactor`: the organisation
 * asks for one, and the person has to set it up first. `locked`: the server wants the PIN first.
 */
export type Ended = "signedOut" | "another" | "outdated" | "secondFactor" | "locked" | null;
export const ended = signal<Ended>(null);

/** Told of files that are whole on the server, not sent yet, and checked now. */
export const fileListeners = new Set<(file: SharedFile) => void>();

/** Told of every frame, after the state holds what it says. */
export const frameListeners = new Set<(frame: ServerFrame) => void>();

/** True until the first `welcome`: there is nothing to draw yet but skeletons. */
export const isLoading = computed(() => state.value.me === null);
