// How far a message of one's own came: an icon, and words. The words are seen at the last message and read out at each.
import { t, type Key } from "../../i18n/text";
import type { Reach as StoredReach } from "../../state/select";
import { Icon, type IconName } from "../../ui/Icon";

export type Known = StoredReach | "pending";

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

export function Reach({ reach, worded }: { reach: Known; worded: boolean }) {
  return (
    <span class={`reach ${reach}`}>
      <Icon name={ICONS[reach]} size={16} />
      <span class={worded ? "" : "only-read"}>{t(NAMES[reach])}</span>
    </span>
  );
}
