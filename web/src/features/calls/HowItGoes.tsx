// Says plainly how pictures and sound go and who could see them on the way, and that nothing is recorded.
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { session } from "../../realtime/store";
import { Icon } from "../../ui/Icon";

export function HowItGoes({ call, organisation }: { call: Call | undefined; organisation?: string | undefined }) {
  const { conversations, organisations } = session.value.state;
  const of = organisation ?? (call && conversations[call.conversation]?.organisation);
  const name = organisations.find((one) => one.id === of)?.name ?? "";
  return (
    <p class="how-it-goes">
      <Icon name="lock" size={20} />
      <span>
        {call?.media === "sfu" ? t("calls.bySfu", { organisation: name }) : t("calls.byMesh")} {t("calls.notRecorded")}
      </span>
    </p>
  );
}
