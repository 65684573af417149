// Above the field to write in, for a client: that it is closed now, from when an answer may be expected, and where to
// call instead. The same words stand there before sending and after it; while open only a promise is told.
import { t } from "../../i18n/text";
import { soon } from "../../i18n/time";
import { nowUntil } from "../../platform/now";
import { session } from "../../realtime/store";
import type { Held, State } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { answering, isClientIn } from "./answering";
import { EmergencyNotice } from "./EmergencyNotice";
import { changesAt, expected, type Expected } from "./opening";

export function ExpectedAnswer({ held }: { held: Held }) {
  const { state } = session.value;
  const all = answering(state, held);
  const shown = isClientIn(state, held) && all.length > 0;
  const now = nowUntil(changesAt(all, Date.now()));
  const what = expected(all, now);
  const words = shown ? wordsOf(what, now) : "";
  return (
    <div role="status" class="expected">
      {words && (
        <div class={what.open ? "expected-line" : "notice closed"}>
          <Icon name={what.open ? "info" : "pending"} size={20} />
          <div>
            <p>
              {!what.open && <strong>{t("expected.closed")} </strong>}
              {wrote(state, held) && t("expected.sent")} {words}
            </p>
            {!what.open && (
              <p class="closed-notice">
                <EmergencyNotice organisation={held.organisation} />
              </p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function wordsOf(what: Expected, now: number): string {
  if (what.by !== null) return t("expected.by", { when: soon(new Date(what.by), new Date(now)) });
  if (what.open) return "";
  return what.from === null ? t("expected.unknown") : t("expected.from", { when: soon(new Date(what.from), new Date(now)) });
}

/** Whether the newest of what people wrote is one's own: then an answer is being waited for. */
function wrote(state: State, held: Held): boolean {
  if (state.pending.some((p) => p.conversation === held.id)) return false;
  return held.messages.findLast((m) => (m.kind ?? "text") === "text")?.sender === state.me?.id;
}
