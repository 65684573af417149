// One message: its text as text, its time, for one's own how far it came, and what may be done with it. What the person
// wants with it shows at once, before the server has confirmed it.
import { useId, useMemo, useRef } from "preact/hooks";
import type { StoredMessage } from "../../api/protocol";
import { language, t, type Key } from "../../i18n/text";
import { clock, fullTime } from "../../i18n/time";
import { state } from "../../realtime/store";
import type { Alteration, Wish } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { broughtBy, listOf, withoutText } from "../documents/documents";
import { RequestCard } from "../documents/RequestCard";
import { FileCards } from "../files/FileCards";
import { Body } from "./Body";
import { replyTo, type Line } from "./days";
import { MessageActions } from "./MessageActions";
import { Quote } from "./Quote";
import { Reach, type Known } from "./Reach";
import { Reactions } from "./Reactions";
import { reactionsTo } from "./reactions";
import { RefusedAlteration } from "./RefusedAlteration";
import { Tombstone } from "./Tombstone";
import { justSent, undo } from "./undo";
import { isUnsent, Unsent } from "./Unsent";

interface Props {
  readonly conversation: string;
  readonly line: Line;
  readonly own: boolean;
  readonly reach: Known | null;
  readonly worded: boolean;
  /** The message that it answers, where this device holds it. */
  readonly quoted: StoredMessage | undefined;
  /** Whether the Tab key stops at its actions. */
  readonly stop: boolean;
  /** What is wanted with it and not confirmed yet: another text or none, and one's own reaction. */
  readonly change: Alteration | undefined;
  readonly reacting: Alteration | undefined;
}

const WAITING: Readonly<Record<Wish["type"], Key>> = {
  edit: "alteration.edit",
  withdraw: "alteration.withdraw",
  react: "messages.pending",
  settle: "messages.pending",
};

/** Drawn anew only when something of this message changed: there are hundreds, and each event draws the log. */
export function MessageLine(props: Props) {
  const { line, own, reach, worded, quoted, stop, change, reacting } = props;
  const fresh = own && justSent.value === line.id;
  const things = [line, own, reach, worded, quoted, stop, change, reacting, fresh, language.value];
  return useMemo(() => <Drawn {...props} fresh={fresh} />, things);
}

function Drawn({ conversation, line, own, reach, worded, quoted, stop, change, reacting, fresh }: Props & { fresh: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  const bodyId = useId();
  const { stored } = line;
  const unsent = line.pending && isUnsent(line.pending) ? line.pending : null;
  const refused = unsent?.status === "refused";
  if (stored?.withdrawnAt) return <Withdrawn message={stored} />;
  const answered = replyTo(line);
  const forwarded = stored?.forwarded || line.pending?.forward;
  const waits = change !== undefined && change.text === undefined;
  const wish = waits ? change.wish : null;
  const reactions = stored ? reactionsTo(stored, reacting, state.value.me?.id ?? "") : [];
  const body = wish?.type === "edit" ? wish.body : line.body;
  const files = (stored ?? line.pending)?.files ?? [];
  const documents = listOf(stored, line.pending);
  return (
    <li class={refused ? "message refused" : "message"} data-seq={stored?.seq}>
      <div class="bubble" onClick={(event) => tapped(event, button.current)}>
        {forwarded && <Forwarded />}
        {answered && <Quote conversation={conversation} seq={answered} message={quoted} brings={broughtBy(quoted, stored, line.pending)} />}
        {files.length > 0 && <FileCards conversation={conversation} files={files} />}
        {body ? (
          <Body id={bodyId} text={body} mentions={(stored ?? line.pending)?.mentions ?? []} />
        ) : (
          <span id={bodyId} class="only-read">
            {withoutText({ files: [...files], documents: [...documents] })}
          </span>
        )}
        {documents.length > 0 && <RequestCard conversation={conversation} seq={stored?.seq} list={documents} />}
        <p class="meta">
          {wish ? <span>{t(WAITING[wish.type])}</span> : stored?.editedAt && <Edited at={new Date(stored.editedAt)} />}
          <time dateTime={line.at.toISOString()} title={fullTime(line.at)}>
            {clock(line.at)}
          </time>
          {reach && !unsent && <Reach reach={waits ? "pending" : reach} worded={worded && !waits} />}
        </p>
      </div>
      {stored && line.kind === "text" && !waits && <MessageActions {...{ conversation, own, button, stop, bodyId, reactions }} message={stored} />}
      {stored && reactions.length > 0 && <Reactions conversation={conversation} seq={stored.seq} reactions={reactions} />}
      {stored && fresh && !waits && <Undo conversation={conversation} message={stored} />}
      {[change, reacting].map((one) => one?.text !== undefined && <RefusedAlteration key={one.request} alteration={one} />)}
      {unsent && <Unsent pending={unsent} />}
    </li>
  );
}

function Forwarded() {
  return (
    <p class="forwarded">
      <Icon name="forward" size={16} />
      {t("messages.forwarded")}
    </p>
  );
}

function Edited({ at }: { at: Date }) {
  return <span title={t("messages.editedAt", { at: fullTime(at) })}>{t("messages.edited")}</span>;
}

function Withdrawn({ message }: { message: StoredMessage }) {
  return (
    <li class="message" data-seq={message.seq}>
      <Tombstone message={message} />
    </li>
  );
}

function Undo({ conversation, message }: { conversation: string; message: StoredMessage }) {
  return (
    <p class="undo">
      <button type="button" class="text-button" onClick={() => undo(conversation, message)}>
        {t("actions.undo")}
      </button>
    </p>
  );
}

/** Where there is no mouse, a tap on the message opens its actions. */
function tapped(event: MouseEvent, button: HTMLButtonElement | null): void {
  if (matchMedia("(hover: hover)").matches || (event.target as Element).closest("a, button, input")) return;
  if (getSelection()?.isCollapsed !== false) button?.click();
}
