// The button top right in a conversation: staff start a video call, and everybody joins one that goes on. A client can start
// none, and has no control for it. While this page is in the call it leads back to it.
import { t, type Key } from "../../i18n/text";
import { state } from "../../realtime/store";
import { mayStartCall } from "../../state/select";
import type { Held } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { callIn, goToCall, place } from "./calls";

export const hasCallButton = (held: Held): boolean => callIn(held.id) !== undefined || mayStartCall(state.value, held);

export function CallButton({ held }: { held: Held }) {
  const goesOn = callIn(held.id) !== undefined;
  if (!hasCallButton(held)) return null;
  const inside = place.value?.conversation === held.id;
  const label: Key = inside ? "calls.back" : goesOn ? "calls.join" : "calls.start";
  return (
    <button type="button" class={goesOn ? "button small primary call-button" : "icon-button call-button"} onClick={() => goToCall(held.id)}>
      <Icon name="video" size={goesOn ? 20 : 24} />
      <span class={goesOn ? "call-button-words" : "only-read"}>{t(label)}</span>
    </button>
  );
}
