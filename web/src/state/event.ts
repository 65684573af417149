// What a message of the kind `event` tells, and whom any message names.
import type { EventBody, StoredMessage } from "../api/protocol";

/** Null where it cannot be read, as of a later version. */
export function eventOf(body: string): EventBody | null {
  try {
    return JSON.parse(body) as EventBody;
  } catch {
    return null;
  }
}

/** Whom a message names: who wrote, read or answered it with a sign, is mentioned, or is what happened about. */
export function namedIn(message: StoredMessage): readonly string[] {
  const { sender, mentions = [], seenBy = [], reactions = [] } = message;
  const event = message.kind === "event" ? eventOf(message.body) : null;
  const about = event ? [event.person, ...(event.people ?? []), ...(event.standIn ? [event.standIn] : [])] : [];
  return [sender, ...mentions, ...seenBy, ...reactions.flatMap(({ people }) => people), ...about];
}
