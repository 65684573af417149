// The white field below. Enter sends and Shift+Enter breaks the line, but an Enter that ends the composing of a character
// (Japanese, accents) does neither. Writing and sending never wait for the network.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_BODY } from "../../api/protocol";
import { plural, t } from "../../i18n/text";
import { typing } from "../../realtime/client";
import { Icon } from "../../ui/Icon";
import { restored } from "./composing";
import { draftOf, keepDraft } from "./drafts";
import { send as sendMessage } from "./undo";

const NEARLY = 500;
const LEGACY_COMPOSING = 229;

export function Composer({ conversation }: { conversation: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => draftOf(conversation));
  const left = text.length < MAX_BODY - NEARLY ? NEARLY + 1 : MAX_BODY - [...text.trim()].length;

  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => grow(field.current), [text]);

  const change = (next: string) => {
    setText(next);
    keepDraft(conversation, next);
    if (next.trim()) typing(conversation);
  };

  const back = restored.value?.conversation === conversation ? restored.value : null;
  useEffect(() => {
    if (!back) return;
    restored.value = null;
    change([back.text, text].filter(Boolean).join("\n"));
    field.current?.focus();
  }, [back]);

  const send = (event?: Event) => {
    event?.preventDefault();
    field.current?.focus();
    const body = text.trim();
    if (!body || left < 0) return;
    sendMessage(conversation, body);
    change("");
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const composing = event.isComposing || event.keyCode === LEGACY_COMPOSING;
    if (event.key === "Enter" && !event.shiftKey && !composing) send(event);
  };

  return (
    <form class="composer" onSubmit={send}>
      <textarea
        ref={field}
        rows={1}
        aria-label={t("composer.label")}
        placeholder={t("composer.placeholder")}
        enterkeyhint="send"
        autocomplete="off"
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        aria-invalid={left < 0 ? true : undefined}
        aria-describedby="composer-left"
      />
      <button type="submit" class="button primary send">
        <Icon name="send" size={20} />
        {t("composer.send")}
      </button>
      <p id="composer-left" class={left < 0 ? "left over" : "left"} role="status">
        {left <= NEARLY && (left < 0 ? plural("composer.over", -left) : plural("composer.left", left))}
      </p>
    </form>
  );
}

function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
