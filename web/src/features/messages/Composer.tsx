// The white field below. Enter sends and Shift+Enter breaks the line, but an Enter that ends the composing of a character
// (Japanese, accents) does neither. Writing and sending never wait for the network.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_BODY } from "../../api/protocol";
import { plural, t } from "../../i18n/text";
import { edit, typing } from "../../realtime/client";
import { state } from "../../realtime/store";
import { answersIn, mayAskDocuments, mentionable } from "../../state/select";
import type { Held } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { RequestButton } from "../documents/RequestButton";
import { Attach } from "../files/Attach";
import { RecordBar } from "../files/RecordBar";
import { Tray } from "../files/Tray";
import { choose, goingNext, sendWithTray } from "../files/uploads";
import { useDoubleAnswer } from "../teams/double-answer";
import { ReplyButton } from "../teams/ReplyButton";
import { redrawn, task } from "./composing";
import { draftOf, draftsTaken, keepDraft } from "./drafts";
import { isAtMessage } from "./focus";
import { MENTION_LIST, MentionList, optionId } from "./MentionList";
import { mentionedIn } from "./mentions";
import { TaskBar } from "./TaskBar";
import { send } from "./undo";
import { useMentions } from "./use-mentions";

const NEARLY = 500;
const LEGACY_COMPOSING = 229;

export function Composer({ held }: { held: Held }) {
  const conversation = held.id;
  const others = mentionable(state.value, held);
  const guard = useDoubleAnswer(held);
  const field = useRef<HTMLTextAreaElement>(null);
  const doing = task.value?.conversation === conversation ? task.value : null;
  const editing = doing?.type === "edit" ? doing : null;
  const [text, setText] = useState(() => draftOf(conversation));
  const [unfit, setUnfit] = useState(false);
  const wrong = unfit && goingNext(conversation).some((one) => one.text);
  const left = text.length < MAX_BODY - NEARLY ? NEARLY + 1 : MAX_BODY - [...text.trim()].length;

  useEffect(() => {
    if (!isAtMessage() && matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
    return () => (task.value = null);
  }, []);
  useLayoutEffect(() => grow(field.current), [text]);
  useUpdate(() => {
    setText(editing?.body ?? draftOf(conversation));
    field.current?.focus();
  }, [doing, redrawn.value]);
  useUpdate(() => {
    if (!editing) setText(draftOf(conversation));
  }, [draftsTaken.value]);

  const change = (next: string) => {
    setText(next);
    if (!editing) keepDraft(conversation, next);
    if (!editing) guard.writing(next);
    if (!editing && next.trim()) typing(conversation);
  };

  const mentions = useMentions(field, editing ? [] : others, change);

  const finish = (event?: Event) => {
    event?.preventDefault();
    field.current?.focus();
    // The field itself: what was typed in this very moment is not drawn yet.
    const body = (field.current?.value ?? text).trim();
    const chosen = editing ? [] : goingNext(conversation);
    if ((!body && chosen.length === 0) || [...body].length > MAX_BODY || (!editing && !guard.maySend())) return;
    if (chosen.some((one) => one.text)) return setUnfit(true);
    task.value = null;
    if (!editing) {
      const named = mentionedIn(body, others);
      const content = { body, ...(doing && { replyTo: doing.seq }), ...(named.length > 0 && { mentions: named }) };
      if (chosen.length > 0) sendWithTray(conversation, content);
      else send(conversation, content);
      change("");
    } else if (body !== editing.body) edit(conversation, editing.seq, body);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const composing = event.isComposing || event.keyCode === LEGACY_COMPOSING;
    if (!composing && mentions.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !composing) finish(event);
    if (event.key === "Escape" && doing && !composing) task.value = null;
  };

  return (
    <form class={editing ? "composer" : "composer with-files"} onSubmit={finish}>
      {doing && <TaskBar task={doing} onCancel={() => (task.value = null)} />}
      {guard.answered && (
        <p class="composer-warning" role="alert">
          <Icon name="warning" size={18} />
          {t("case.answered", { name: guard.answered })}
        </p>
      )}
      <MentionList {...mentions} />
      {!editing && <Tray held={held} />}
      {!editing && <RecordBar conversation={conversation} />}
      {wrong && (
        <p class="composer-warning" role="alert">
          <Icon name="warning" size={18} />
          {t("files.removeFirst")}
        </p>
      )}
      <textarea
        ref={field}
        rows={1}
        aria-label={t("composer.label")}
        placeholder={t("composer.placeholder")}
        enterkeyhint="send"
        autocomplete="off"
        value={text}
        onInput={(event) => {
          change(event.currentTarget.value);
          mentions.look();
        }}
        onPaste={(event) => pasted(event, conversation)}
        onKeyDown={onKeyDown}
        onKeyUp={mentions.look}
        onClick={mentions.look}
        {...(mentions.people.length > 0 && {
          "aria-autocomplete": "list",
          "aria-controls": MENTION_LIST,
          "aria-activedescendant": optionId(mentions.active),
        })}
        aria-invalid={left < 0 ? true : undefined}
        aria-describedby={doing ? "composer-task composer-left" : "composer-left"}
      />
      {!editing && (
        <div class="attach">
          <Attach conversation={conversation} />
          {answersIn(state.value, held) && <ReplyButton held={held} text={text} onChoose={change} />}
          {mayAskDocuments(state.value, held) && <RequestButton conversation={conversation} />}
        </div>
      )}
      <button type="submit" class="button primary send">
        <Icon name={editing ? "check" : "send"} size={20} />
        {t(editing ? "composer.save" : "composer.send")}
      </button>
      <p id="composer-left" class={left < 0 ? "left over" : "left"} role="status">
        {left <= NEARLY && (left < 0 ? plural("composer.over", -left) : plural("composer.left", left))}
      </p>
    </form>
  );
}

/** Files that are pasted are sent; a text that comes with them (a picture of it, from an office program) stays text. */
function pasted(event: ClipboardEvent, conversation: string): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
  event.preventDefault();
  choose(conversation, files);
}

/** An effect of changes only, not of the first drawing. */
function useUpdate(run: () => void, on: readonly unknown[]): void {
  const drawn = useRef(false);
  useLayoutEffect(() => {
    if (drawn.current) run();
    drawn.current = true;
  }, on);
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
