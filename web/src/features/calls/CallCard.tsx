// A call in the conversation: while it goes on a card with a way in, at the place where it began.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";
import { callById, goToCall, isShown, nameInCall, place } from "./calls";

/** The call that a message tells the beginning of, while it goes on. */
export function begunCall(body: string) {
  try {
    const { code, call } = JSON.parse(body) as { code?: string; call?: string };
    return code === "call_started" ? callById(call) : undefined;
  } catch {
    return undefined;
  }
}

export function CallCard({ body }: { body: string }) {
  const call = begunCall(body);
  if (!call) return null;
  const inside = place.value?.call === call.id;
  const there = call.seats.filter(({ state: seat, person }) => seat !== "waiting" && person !== state.value.me?.id);
  const names = there.map(({ person }) => nameInCall(call, person)).join(", ");
  return (
    <div class="call-card">
      <Icon name="video" size={28} />
      <div>
        <strong>{t("calls.goesOn")}</strong>
        <p class="quiet">{names ? t("calls.inIt", { names }) : t("calls.nobodyYet")}</p>
      </div>
      {!(inside && isShown()) && (
        <button type="button" class="button primary" onClick={() => goToCall(call.conversation)}>
          {t(inside ? "calls.back" : "calls.join")}
        </button>
      )}
    </div>
  );
}
