// Starting a conversation, and where a team's conversation stands; everything else goes over the socket.
import { request } from "./http";

interface Opened {
  readonly conversation: string;
}

export const startConversation = (person: string): Promise<Opened> =>
  request("POST", "/conversations", { body: { person } });

export const askTeam = (team: string): Promise<Opened> => request("POST", "/conversations", { body: { team } });

export const openNotes = (conversation: string): Promise<Opened> =>
  request("POST", `/conversations/${conversation}/notes`);

/** Gives a case to `person` if `expected` still has it. */
export const assign = (conversation: string, person: string | null, expected: string | null): Promise<unknown> =>
  request("PUT", `/conversations/${conversation}/assignee`, { body: { person, expected } });

export const setHandled = (conversation: string, handled: boolean): Promise<unknown> =>
  request("PUT", `/conversations/${conversation}/handled`, { body: { handled } });
