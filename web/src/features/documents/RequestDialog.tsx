// Staff name the documents that they need of a client, one in each row; Enter goes to the next.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_BODY, MAX_DOCUMENTS, MAX_DOCUMENT_NAME } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import type { Held } from "../../state/state";
import { Dialog } from "../../ui/Dialog";
import { Icon } from "../../ui/Icon";
import { TextArea } from "../../ui/TextArea";
import { send } from "../messages/undo";
import { asking, keepRequest, namesIn, requestOf, type Request } from "./asking";

export function RequestDialog({ held }: { held: Held }) {
  const [request, setRequest] = useState(() => requestOf(held.id));
  const [empty, setEmpty] = useState(false);
  const change = (part: Partial<Request>) => {
    const next = { ...request, ...part };
    keepRequest(held.id, next);
    setRequest(next);
  };
  const close = () => (asking.value = null);
  const submit = (event: Event) => {
    event.preventDefault();
    const documents = namesIn(request);
    setEmpty(documents.length === 0);
    if (documents.length === 0) return (event.currentTarget as Element).querySelector("input")?.focus();
    keepRequest(held.id, { names: [], text: "" });
    close();
    send(held.id, { body: request.text.trim(), documents });
  };
  return (
    <Dialog title={t("documents.ask")} close={t("dialog.close")} onClose={close}>
      <form class="form" onSubmit={submit} noValidate>
        <Names names={request.names} empty={empty} client={state.value.people[held.client ?? ""]?.firstName ?? ""} onChange={(names) => change({ names })} />
        <TextArea label={t("documents.text")} hint={t("documents.textHint")} most={MAX_BODY} value={request.text} onInput={(text) => change({ text })} />
        <div class="actions end">
          <button type="button" class="button" onClick={close}>
            {t("dialog.cancel")}
          </button>
          <button type="submit" class="button primary">
            <Icon name="send" size={20} />
            {t("documents.send")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface NamesProps {
  readonly names: readonly string[];
  readonly empty: boolean;
  readonly client: string;
  readonly onChange: (names: readonly string[]) => void;
}

function Names({ names, empty, client, onChange }: NamesProps) {
  const list = useRef<HTMLOListElement>(null);
  const next = useRef<number | null>(null);
  const focus = (row: number) => list.current?.querySelectorAll("input")[row]?.focus();
  useLayoutEffect(() => {
    if (next.current !== null) focus(next.current);
    next.current = null;
  }, [names.length]);
  const add = () => {
    if (names.length >= MAX_DOCUMENTS) return;
    next.current = names.length;
    onChange([...names, ""]);
  };
  const remove = (row: number) => {
    next.current = Math.max(0, row - 1);
    onChange(names.filter((_, i) => i !== row));
  };
  const onKeyDown = (event: KeyboardEvent, row: number) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (row < names.length - 1) focus(row + 1);
    else if (names[row]?.trim()) add();
  };
  const invalid = empty && names.every((name) => !name.trim());
  return (
    <fieldset class="field">
      <legend class="label">{t("documents.names")}</legend>
      <p class="hint" id="documents-hint">
        {t("documents.namesHint", { name: client })}
      </p>
      <ol class="document-rows" ref={list}>
        {names.map((name, row) => (
          <li key={row}>
            <input
              class="input"
              aria-label={t("documents.name", { number: row + 1 })}
              aria-describedby={invalid ? "documents-error" : "documents-hint"}
              aria-invalid={invalid ? true : undefined}
              autocomplete="off"
              enterkeyhint="next"
              maxLength={MAX_DOCUMENT_NAME}
              value={name}
              onInput={(event) => onChange(names.map((other, i) => (i === row ? event.currentTarget.value : other)))}
              onKeyDown={(event) => onKeyDown(event, row)}
            />
            {names.length > 1 && (
              <button type="button" class="icon-button" onClick={() => remove(row)}>
                <Icon name="close" size={18} />
                <span class="only-read">{t("documents.remove", { name: name.trim() || t("documents.name", { number: row + 1 }) })}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      {invalid && (
        <p class="error" id="documents-error">
          <Icon name="warning" size={20} />
          {t("documents.noNames")}
        </p>
      )}
      {names.length < MAX_DOCUMENTS ? (
        <button type="button" class="button small add-document" onClick={add}>
          <Icon name="plus" size={18} />
          {t("documents.add")}
        </button>
      ) : (
        <p class="hint">{t("documents.most", { count: MAX_DOCUMENTS })}</p>
      )}
    </fieldset>
  );
}
