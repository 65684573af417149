// Groups: made and managed over HTTP; what changes is told over the socket.
import { request } from "./http";

export const SYMBOLS = ["people", "leaf", "sun", "house", "book", "heart", "wave", "star"] as const;
export type Symbol = (typeof SYMBOLS)[number];

export interface Look {
  readonly title: string;
  readonly symbol: Symbol;
}

export const makeGroup = (look: Look, people: readonly string[]): Promise<{ readonly conversation: string }> =>
  request("POST", "/groups", { body: { ...look, people } });

export const renameGroup = (group: string, look: Look): Promise<unknown> =>
  request("PUT", `/groups/${group}`, { body: look });

/** An empty picture takes it away. */
export const saveGroupPicture = (group: string, picture: Blob): Promise<unknown> =>
  request("PUT", `/groups/${group}/picture`, { file: picture });

export const addToGroup = (group: string, person: string, history: boolean): Promise<unknown> =>
  request("POST", `/groups/${group}/people`, { body: { person, history } });

export const removeFromGroup = (group: string, person: string): Promise<unknown> =>
  request("DELETE", `/groups/${group}/people/${person}`);

export const leaveGroup = (group: string): Promise<unknown> => request("POST", `/groups/${group}/leave`);

export const closeGroup = (group: string): Promise<unknown> => request("POST", `/groups/${group}/close`);

export const groupName = (): Promise<{ readonly name: string }> => request("GET", "/me/group-name");

export const chooseGroupName = (name: string): Promise<{ readonly name: string }> =>
  request("PUT", "/me/group-name", { body: { name } });
