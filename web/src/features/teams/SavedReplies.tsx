// Choosing one of the team's saved replies for the field below, and keeping what stands there as a new one.
import { useEffect, useState } from "preact/hooks";
import { keepReply, removeReply, savedReplies, type SavedReply } from "../../api/teams";
import { t } from "../../i18n/text";
import { matches } from "../../state/select";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { SearchField } from "../../ui/SearchField";
import { need, useSubmit } from "../../ui/submit";

interface Props {
  readonly team: string;
  /** The client's first name, for `{voornaam}`. */
  readonly firstName: string;
  /** What stands in the field now. */
  readonly text: string;
  readonly onChoose: (text: string) => void;
  readonly onClose: () => void;
}

export function SavedReplies({ team, firstName, text, onChoose, onClose }: Props) {
  const [replies, setReplies] = useState<readonly SavedReply[] | null>(null);
  const [sought, seek] = useState("");
  const load = useSubmit(async () => setReplies(await savedReplies(team)));
  useEffect(() => load.submit(), []);
  const found = (replies ?? []).filter((reply) => matches(`${reply.title} ${reply.body}`, sought));
  const choose = (reply: SavedReply) => {
    onChoose(reply.body.replaceAll("{voornaam}", firstName));
    onClose();
  };
  return (
    <Dialog title={t("replies.title")} close={t("dialog.close")} onClose={onClose}>
      <SearchField label={t("replies.search")} value={sought} onInput={seek} />
      <FormError error={load.error} />
      {replies?.length === 0 && <p>{t("replies.none")}</p>}
      <ul class="replies">
        {found.map((reply) => (
          <Kept
            key={reply.id}
            reply={reply}
            onChoose={() => choose(reply)}
            onRemove={async () => {
              await removeReply(team, reply.id);
              setReplies((now) => (now ?? []).filter((one) => one.id !== reply.id));
            }}
          />
        ))}
      </ul>
      {text.trim() && <Keep team={team} body={text.trim()} onKept={(kept) => setReplies((now) => [...(now ?? []), kept])} />}
    </Dialog>
  );
}

function Kept({ reply, onChoose, onRemove }: { reply: SavedReply; onChoose: () => void; onRemove: () => Promise<void> }) {
  const { busy, error, submit } = useSubmit(onRemove);
  return (
    <li class="reply">
      <button type="button" class="item" onClick={onChoose}>
        <span class="item-text">
          <span class="item-name">{reply.title}</span>
          <span class="reply-body">{reply.body}</span>
        </span>
      </button>
      <button type="button" class="icon-button" aria-disabled={busy} aria-label={t("replies.remove", { title: reply.title })} onClick={submit}>
        <Icon name="close" size={20} />
      </button>
      <FormError error={error} />
    </li>
  );
}

function Keep({ team, body, onKept }: { team: string; body: string; onKept: (kept: SavedReply) => void }) {
  const [title, setTitle] = useState("");
  const { busy, error, submit, wrong } = useSubmit(async () => {
    need({ title });
    onKept(await keepReply(team, title, body));
    setTitle("");
  });
  const refused = wrong("title");
  return (
    <form class="form" onSubmit={submit} noValidate>
      <FormError error={error} />
      <Field
        label={t("replies.keep")}
        hint={t("replies.keepHint")}
        name="title"
        autocomplete="off"
        value={title}
        onInput={setTitle}
        error={refused && (refused.text || t("error.required"))}
      />
      <div class="actions end">
        <button type="submit" class="button" aria-disabled={busy}>
          {t("replies.keepSubmit")}
        </button>
      </div>
    </form>
  );
}
