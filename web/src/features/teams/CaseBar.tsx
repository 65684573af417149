// Above a team's conversation: who has it, taking it or giving it to a colleague, closing it, and the way to the notes.
import { useEffect, useRef } from "preact/hooks";
import { assign, openNotes, setHandled } from "../../api/conversations";
import { plural, t } from "../../i18n/text";
import { follow, navigate } from "../../platform/router";
import { session } from "../../realtime/store";
import { nameOf, notesOf, unreadIn } from "../../state/select";
import type { Held } from "../../state/state";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useLatest } from "../../ui/submit";

export function CaseBar({ held }: { held: Held }) {
  const { state } = session.value;
  const { assignee = null, handledAt } = held.case ?? {};
  const asked = useRef<() => Promise<unknown>>(async () => undefined);
  const holder = useRef(assignee);
  useEffect(() => void (holder.current = assignee), [assignee]);
  const { error, submit } = useLatest(async () => void (await asked.current()));
  const run = (what: () => Promise<unknown>) => {
    asked.current = what;
    submit();
  };
  const give = (person: string | null) =>
    run(async () => {
      await assign(held.id, person, holder.current);
      holder.current = person;
    });
  const me = state.me?.id ?? "";
  const team = held.participants.filter((p) => p.person !== held.client).map((p) => state.people[p.person]);
  return (
    <div class="case-bar">
      <Tabs held={held} notes={notesOf(state, held)} shows="conversation" onNotes={() => run(() => open(held.id))} />
      <div class="case-actions">
        <label class="case-who">
          <span>{t("case.who")}</span>
          <select
            class="input"
            value={assignee ?? ""}
            onChange={(event) => give(event.currentTarget.value || null)}
          >
            <option value="">{t("case.nobody")}</option>
            {team.map((person) => person && <option value={person.id}>{person.id === me ? t("case.you") : nameOf(person)}</option>)}
          </select>
        </label>
        {assignee !== me && !handledAt && (
          <button type="button" class="button small" onClick={() => give(me)}>
            {t("case.take")}
          </button>
        )}
        <button type="button" class="button small" onClick={() => run(() => setHandled(held.id, !handledAt))}>
          {!handledAt && <Icon name="check" size={18} />}
          {t(handledAt ? "case.reopen" : "case.done")}
        </button>
      </div>
      <FormError error={error} />
    </div>
  );
}

async function open(conversation: string): Promise<void> {
  navigate(`/gesprekken/${(await openNotes(conversation)).conversation}`);
}

/** Above the notes: back to the conversation, and that no client reads along. */
export function NotesBar({ about, notes }: { about: Held; notes: Held }) {
  return (
    <div class="case-bar">
      <Tabs held={about} notes={notes} shows="notes" onNotes={() => undefined} />
      <p class="notes-only">
        <Icon name="lock" size={18} />
        {t("notes.only")}
      </p>
    </div>
  );
}

interface TabsProps {
  readonly held: Held;
  readonly notes: Held | undefined;
  readonly shows: "conversation" | "notes";
  readonly onNotes: () => void;
}

function Tabs({ held, notes, shows, onNotes }: TabsProps) {
  const { state, read } = session.value;
  const unread = notes ? unreadIn(state, notes, read[notes.id]) : 0;
  const label = (
    <>
      {t("notes.tab")}
      {unread > 0 && (
        <span class="badge">
          {unread}
          <span class="only-read"> {plural("list.unread", unread)}</span>
        </span>
      )}
    </>
  );
  return (
    <nav class="tabs" aria-label={t("notes.tabs")}>
      <a class="tab" href={`/gesprekken/${held.id}`} onClick={follow} aria-current={shows === "conversation" ? "page" : undefined}>
        {t("notes.conversation")}
      </a>
      {notes ? (
        <a class="tab" href={`/gesprekken/${notes.id}`} onClick={follow} aria-current={shows === "notes" ? "page" : undefined}>
          {label}
        </a>
      ) : (
        <button type="button" class="tab" onClick={onNotes}>
          {label}
        </button>
      )}
    </nav>
  );
}
