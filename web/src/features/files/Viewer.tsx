// Looks at pictures and PDF over everything else: one at a time, with a way to the next, to the message and to a copy of
// one's own. Escape, the cross and going back close it, and the focus goes back to what it was opened with.
import { useLayoutEffect, useRef } from "preact/hooks";
import { savedAs, type Listed } from "../../api/files";
import { t } from "../../i18n/text";
import { clock, dayName, fullTime } from "../../i18n/time";
import { state } from "../../realtime/store";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { PdfStage } from "./PdfStage";
import { PictureStage } from "./PictureStage";
import { stands } from "./standing";
import "./viewer.css";
import { closeViewer, toMessage, turnTo, viewableIn, viewing, type Viewing } from "./viewing";
import { whoSent } from "./who";
import { kindName } from "./words";

const TURNS: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };

export function Viewer() {
  return viewing.value && <Opened what={viewing.value} />;
}

const listOf = ({ among, conversation }: Viewing): readonly Listed[] =>
  among?.filter((one) => stands(state.value, one)) ??
  viewableIn(conversation, state.value.conversations[conversation]?.messages ?? []);

function Opened({ what }: { what: Viewing }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const keys = useRef<(key: string) => boolean>(() => false);
  const list = listOf(what);
  const place = list.findIndex((one) => one.file.id === what.file && one.conversation === what.conversation);
  const listed = list[place];
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.focus();
    return () => {
      element?.close();
      focusWhenLost(".wide-pane h2", ".composer textarea");
    };
  }, []);
  const turn = (by: -1 | 0 | 1) => {
    const next = by !== 0 && list[place + by];
    if (next) turnTo(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inPages = (event.target as Element).closest(".pages") !== null;
    const by = inPages && event.key.startsWith("Page") ? undefined : TURNS[event.key];
    if (event.key === "Escape") closeViewer();
    else if (!keys.current(event.key)) {
      if (!by) return;
      turn(by);
    }
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-labelledby="viewer-name"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onClose={closeViewer}
      onCancel={(event) => {
        event.preventDefault();
        closeViewer();
      }}
    >
      <Bar listed={listed} people={what.people} />
      {listed ? <Stage key={`${what.conversation}-${what.file}`} listed={listed} keys={keys} turn={turn} /> : <Gone />}
      {place > 0 && <Turn by={-1} turn={turn} />}
      {listed && place < list.length - 1 && <Turn by={1} turn={turn} />}
    </dialog>
  );
}

type StageProps = Parameters<typeof PictureStage>[0];

const Stage = (props: StageProps) => (props.listed.file.kind === "pdf" ? <PdfStage {...props} /> : <PictureStage {...props} />);

function Bar({ listed, people }: { listed: Listed | undefined; people: Viewing["people"] }) {
  const file = listed?.file;
  const name = file?.name || kindName(file?.kind);
  return (
    <header class="viewer-bar">
      <button type="button" class="icon-button" title={t("dialog.close")} onClick={closeViewer}>
        <Icon name="close" />
        <span class="only-read">{t("dialog.close")}</span>
      </button>
      <div class="viewer-words">
        <h2 id="viewer-name">{name}</h2>
        {listed && (
          <p>
            {whoSent(listed, people)} · <When at={new Date(listed.at)} />
          </p>
        )}
      </div>
      {listed && file && (
        <>
          <button type="button" class="viewer-deed" onClick={() => toMessage(listed)}>
            <Icon name="message" size={22} />
            <span>{t("files.toMessage")}</span>
          </button>
          <a class="viewer-deed" href={savedAs(file.id)} download={name}>
            <Icon name="download" size={22} />
            <span>{t("files.download")}</span>
          </a>
        </>
      )}
    </header>
  );
}

function When({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={fullTime(at)}>
      {dayName(at, new Date())} {clock(at)}
    </time>
  );
}

function Turn({ by, turn }: { by: -1 | 1; turn: (by: -1 | 1) => void }) {
  const words = t(by < 0 ? "viewer.before" : "viewer.next");
  return (
    <button type="button" class={by < 0 ? "icon-button turn before" : "icon-button turn"} title={words} onClick={() => turn(by)}>
      <Icon name={by < 0 ? "back" : "next"} size={28} />
      <span class="only-read">{words}</span>
    </button>
  );
}

/** Its message was taken back while it was looked at. */
function Gone() {
  return (
    <p class="stage-failed" role="status">
      {t("viewer.gone")}
    </p>
  );
}
