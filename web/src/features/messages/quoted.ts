// The message that another one answers, in a few words. It may lie further back than what this device holds.
import type { StoredMessage } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameById } from "../../state/select";
import { bottomOf } from "../../state/state";
import { withoutText } from "../documents/documents";

const FIRST_WORDS = 160;

export function messageOf(conversation: string, seq: number | null | undefined): StoredMessage | undefined {
  const held = state.value.conversations[conversation];
  return held && seq ? held.messages[seq - bottomOf(held)] : undefined;
}

export function authorOf(message: StoredMessage | undefined): string {
  if (!message) return t("quote.earlier");
  if (message.sender === state.value.me?.id) return t("messages.you");
  return nameById(state.value, message.sender) || t("messages.unknown");
}

export function excerptOf(message: StoredMessage | undefined): string {
  if (message?.withdrawnAt) return t("quote.withdrawn");
  return message?.body.slice(0, FIRST_WORDS) || withoutText(message ?? {});
}
