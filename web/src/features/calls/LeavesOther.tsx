// What becomes of the call that one is in when one goes to another: asked once, before it is done.
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { session } from "../../realtime/store";
import { mayStartCall } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { nameInCall } from "./calls";
import { leaving } from "./leaving";

export function LeavesOther({ call }: { call: Call }) {
  const known = session.value.state;
  const held = known.conversations[call.conversation];
  const { others, ends } = leaving(call, known.me?.id ?? "", held !== undefined && mayStartCall(known, held));
  const names = others.map((person) => nameInCall(call, person)).join(", ");
  return (
    <p class="notice" role="status">
      <Icon name="info" size={22} />
      {names ? t(ends ? "calls.leavesLast" : "calls.leavesOther", { names }) : t("calls.leavesNobody")}
    </p>
  );
}
