// What a team keeps to answer with.
import { request } from "./http";

export interface SavedReply {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export const savedReplies = (team: string): Promise<readonly SavedReply[]> => request("GET", `/teams/${team}/replies`);

export const keepReply = (team: string, title: string, body: string): Promise<SavedReply> =>
  request("POST", `/teams/${team}/replies`, { body: { title, body } });

export const removeReply = (team: string, reply: string): Promise<unknown> =>
  request("DELETE", `/teams/${team}/replies/${reply}`);
