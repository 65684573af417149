// One message: its text as text, its time, and for one's own how far it came.
import { useMemo } from "preact/hooks";
import { language, t } from "../../i18n/text";
import { clock, fullTime } from "../../i18n/time";
import { again, discard } from "../../realtime/client";
import type { Pending } from "../../state/state";
import { Icon } from "../../ui/Icon";
import type { Line } from "./days";
import { pieces } from "./links";
import { Reach, type Known } from "./Reach";

interface Props {
  readonly line: Line;
  readonly own: boolean;
  readonly reach: Known | null;
  readonly worded: boolean;
}

/** Drawn anew only when something of this message changed: there are hundreds, and each event draws the log. */
export function MessageLine(props: Props) {
  const { line, own, reach, worded } = props;
  return useMemo(() => <Drawn {...props} />, [line, own, reach, worded, language.value]);
}

function Drawn({ line, reach, worded }: Props) {
  const refused = line.pending?.status === "refused" ? line.pending : null;
  return (
    <li class={refused ? "message refused" : "message"} data-seq={line.stored?.seq}>
      <div class="bubble">
        <p class="body" dir="auto">
          {pieces(line.body).map((piece, i) =>
            typeof piece === "string" ? (
              piece
            ) : (
              <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
                {piece.text}
              </a>
            ),
          )}
        </p>
        <p class="meta">
          <time dateTime={line.at.toISOString()} title={fullTime(line.at)}>
            {clock(line.at)}
          </time>
          {reach && !refused && <Reach reach={reach} worded={worded} />}
        </p>
      </div>
      {refused && <Refused pending={refused} />}
    </li>
  );
}

function Refused({ pending }: { pending: Pending }) {
  return (
    <div class="refusal" role="alert">
      <p>
        <Icon name="warning" size={18} />
        <strong>{t("messages.notSent")}</strong> {pending.text}
      </p>
      <div class="actions end">
        <button type="button" class="button small" onClick={() => discard(pending.id)}>
          {t("messages.discard")}
        </button>
        <button type="button" class="button small primary" onClick={() => again(pending.id)}>
          {t("messages.again")}
        </button>
      </div>
    </div>
  );
}
