// One message: its text as text, its time, and for one's own how far it came.
import { t } from "../../i18n/text";
import { clock, fullTime } from "../../i18n/time";
import { again, discard } from "../../realtime/client";
import type { Held, Pending } from "../../state/state";
import { Icon } from "../../ui/Icon";
import type { Line } from "./days";
import { pieces } from "./links";
import { Reach } from "./Reach";

interface Props {
  readonly line: Line;
  readonly own: boolean;
  readonly held: Held;
}

export function MessageLine({ line, own, held }: Props) {
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
          {own && !refused && <Reach line={line} held={held} />}
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
