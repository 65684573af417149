// Starting a conversation; everything after that goes over the socket.
import { request } from "./http";

export const startConversation = (person: string): Promise<{ readonly conversation: string }> =>
  request("POST", "/conversations", { body: { person } });
