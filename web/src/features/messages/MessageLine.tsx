// One message: its text as text, its time, and for one's own how far it came.
import { useMemo } from "preact/hooks";
import { language } from "../../i18n/text";
import { clock, fullTime } from "../../i18n/time";
import type { Line } from "./days";
import { pieces } from "./links";
import { Reach, type Known } from "./Reach";
import { isUnsent, Unsent } from "./Unsent";

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
  const unsent = line.pending && isUnsent(line.pending) ? line.pending : null;
  const refused = unsent?.status === "refused";
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
          {reach && !unsent && <Reach reach={reach} worded={worded} />}
        </p>
      </div>
      {unsent && <Unsent pending={unsent} />}
    </li>
  );
}
