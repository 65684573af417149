// The reactions that are offered, in this order, and who gave which, with what the person wants but the server has not
// confirmed yet.
import type { Reacted, Reaction, StoredMessage } from "../../api/protocol";
import type { Key } from "../../i18n/text";
import type { Alteration } from "../../state/state";
import type { IconName } from "../../ui/Icon";

export const REACTIONS: readonly { readonly reaction: Reaction; readonly label: Key; readonly icon: IconName }[] = [
  { reaction: "agree", label: "reaction.agree", icon: "agree" },
  { reaction: "thanks", label: "reaction.thanks", icon: "thanks" },
  { reaction: "smile", label: "reaction.smile", icon: "smile" },
  { reaction: "strength", label: "reaction.strength", icon: "strength" },
  { reaction: "seen", label: "reaction.seen", icon: "seen" },
];

export function reactionsTo(message: StoredMessage, wanted: Alteration | undefined, me: string): readonly Reacted[] {
  const known = message.reactions ?? [];
  if (wanted?.wish.type !== "react" || wanted.text !== undefined) return known;
  const { reaction } = wanted.wish;
  const others = known.map((one) => ({ ...one, people: one.people.filter((person) => person !== me) }));
  return REACTIONS.map((one) => ({
    reaction: one.reaction,
    people: [
      ...(others.find((other) => other.reaction === one.reaction)?.people ?? []),
      ...(one.reaction === reaction ? [me] : []),
    ],
  })).filter((one) => one.people.length > 0);
}

export const ownReaction = (reactions: readonly Reacted[], me: string): Reaction | null =>
  reactions.find((one) => one.people.includes(me))?.reaction ?? null;
