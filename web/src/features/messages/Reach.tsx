// How far a message of one's own came: an icon, and words. The words are seen at the last message and read out at each.
import { t, type Key } from "../../i18n/text";
import { state } from "../../realtime/store";
import { reachOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Icon, type IconName } from "../../ui/Icon";
import type { Line } from "./days";

type Known = "pending" | "sent" | "delivered" | "read";

const NAMES: Readonly<Record<Known, Key>> = {
  pending: "messages.pending",
  sent: "messages.sent",
  delivered: "messages.delivered",
  read: "messages.read",
};

const ICONS: Readonly<Record<Known, IconName>> = {
  pending: "pending",
  sent: "sent",
  delivered: "delivered",
  read: "delivered",
};

export function Reach({ line, held }: { line: Line; held: Held }) {
  const now = state.value;
  const reach: Known = line.stored ? reachOf(now, held, line.stored) : "pending";
  const last = lastOwn(held, now.me?.id) === line.stored?.seq || line.pending !== null;
  return (
    <span class={`reach ${reach}`}>
      <Icon name={ICONS[reach]} size={16} />
      <span class={last ? "" : "only-read"}>{t(NAMES[reach])}</span>
    </span>
  );
}

const lastOwn = (held: Held, me: string | undefined) => held.messages.findLast((m) => m.sender === me)?.seq;
