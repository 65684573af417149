// What people type in a call while they type it (real-time text), and the line to type in. A reader of screens hears a line
// when it is done, or when its person pauses: letter by letter it would not be understood.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_CALL_TEXT, type Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import { nowUntil } from "../../platform/now";
import { state } from "../../realtime/store";
import { nameInCall } from "./calls";
import { nextLine, recent, type, typedLines, type TypedLine } from "./typed";

const SHOWN = 4;
const PAUSE = 2_000;

export function TypedText({ call, open }: { call: Call; open: boolean }) {
  const me = state.value.me?.id ?? "";
  const lines = recent(typedLines.value, nowUntil(Date.now() + 15_000)).filter(({ text, person, done }) => text !== "" && (person !== me || done)).slice(-SHOWN);
  if (!open && lines.length === 0) return null;
  return (
    <section class="typed" aria-label={t("calls.typed")}>
      <Lines call={call} me={me} lines={lines} />
      <Heard call={call} me={me} />
      {open && <Line call={call.id} me={me} />}
    </section>
  );
}

/** The newest stays in sight, unless one looks back: what holds the lines begins at its end. */
function Lines({ call, me, lines }: { call: Call; me: string; lines: readonly TypedLine[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="typed-lines" tabIndex={0} role="group" aria-label={t("calls.typedLines")}>
      <ul>
        {lines.map((one) => (
          <li key={`${one.person}-${one.line}`}>
            <strong>{one.person === me ? t("calls.you") : nameInCall(call, one.person)}</strong> {one.text}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ call, me }: { call: string; me: string }) {
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    return () => nextLine(call, me);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (!text) return;
    nextLine(call, me);
    setText("");
  };
  return (
    <label class="typed-line">
      <span class="typed-name">{t("calls.type")}</span>
      <span class="typed-hint">{t("calls.typeLine")}</span>
      <input
        ref={field}
        class="input"
        type="text"
        autocomplete="off"
        maxLength={MAX_CALL_TEXT}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          type(call, me, event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}

function Heard({ call, me }: { call: Call; me: string }) {
  const said = useRef(new Map<string, string>());
  const [news, setNews] = useState("");
  const lines = recent(typedLines.value, nowUntil(Date.now() + 15_000)).filter(({ person }) => person !== me);
  useEffect(() => {
    const say = (those: readonly TypedLine[]) => {
      const fresh = those.filter((one) => one.text && said.current.get(`${one.person}-${one.line}`) !== one.text);
      fresh.forEach((one) => said.current.set(`${one.person}-${one.line}`, one.text));
      if (fresh.length > 0) setNews(fresh.map((one) => `${nameInCall(call, one.person)}: ${one.text}`).join(" "));
    };
    say(lines.filter(({ done }) => done));
    const timer = setTimeout(() => say(lines), PAUSE);
    return () => clearTimeout(timer);
  }, [typedLines.value]);
  return (
    <p class="only-read" aria-live="polite">
      {news}
    </p>
  );
}
