// Who is in a group. Staff name it, bring in and take out, and close it; anybody leaves it.
import { useState } from "preact/hooks";
import { addToGroup, closeGroup, leaveGroup, removeFromGroup, renameGroup, saveGroupPicture, type Symbol } from "../../api/groups";
import { plural, t } from "../../i18n/text";
import { navigate } from "../../platform/router";
import { state } from "../../realtime/store";
import { isStaff, nameOf } from "../../state/select";
import type { Held } from "../../state/state";
import { Avatar } from "../../ui/Avatar";
import { Dialog } from "../../ui/Dialog";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";
import { contactsOf } from "../conversations/contacts-of";
import { roleName } from "../organisations/roles";
import { Choose } from "./Choose";
import { LookFields } from "./LookFields";
import { PictureField } from "./PictureField";

type Page = "people" | "look" | "add" | "remove" | "leave" | "close";

export function GroupDialog({ held, onClose }: { held: Held; onClose: () => void }) {
  const [page, show] = useState<Page>("people");
  const [leaver, setLeaver] = useState("");
  const title = {
    people: held.title ?? "",
    look: t("groups.rename"),
    add: t("groups.add"),
    remove: t("groups.removeTitle"),
    leave: t("groups.leave"),
    close: t("groups.close"),
  };
  const back = () => show("people");
  return (
    <Dialog title={title[page]} close={t("dialog.close")} onClose={onClose}>
      {page === "people" && <People held={held} show={show} onRemove={(person) => (setLeaver(person), show("remove"))} />}
      {page === "look" && <Rename held={held} done={back} />}
      {page === "add" && <Add held={held} done={back} />}
      {page === "remove" && <Sure text={removal(leaver)} label={t("groups.remove")} no={back} yes={() => removeFromGroup(held.id, leaver).then(back)} />}
      {page === "leave" && <Sure text={t("groups.leaveText")} label={t("groups.leave")} no={back} yes={() => left(held.id, onClose)} />}
      {page === "close" && <Sure text={t("groups.closeText")} label={t("groups.close")} no={back} yes={() => closeGroup(held.id).then(onClose)} />}
    </Dialog>
  );
}

async function left(group: string, onClose: () => void): Promise<void> {
  await leaveGroup(group);
  onClose();
  navigate("/groepsgesprekken", { replace: true });
}

function removal(person: string): string {
  const known = state.value.people[person];
  return t("groups.removeText", { name: known ? nameOf(known) : "" });
}

function People({ held, show, onRemove }: { held: Held; show: (page: Page) => void; onRemove: (person: string) => void }) {
  const now = state.value;
  const manages = isStaff(now) && !held.closed;
  const people = held.participants
    .map((p) => (p.person === now.me?.id ? undefined : now.people[p.person]))
    .filter((person) => person !== undefined)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <>
      <p class="quiet">{plural("groups.count", held.participants.length)}</p>
      <ul class="group-people">
        {now.me && (
          <li class="group-person">
            <Avatar name={nameOf(now.me)} small />
            <span class="grow">{t("groups.you")}</span>
          </li>
        )}
        {people.map((person) => (
          <li key={person.id} class="group-person">
            <Avatar name={nameOf(person)} small />
            <span class="grow">
              {nameOf(person)} <span class="quiet">{roleName(person.role)}</span>
            </span>
            {manages && (
              <button
                type="button"
                class="text-button"
                aria-label={t("groups.removeWho", { name: nameOf(person) })}
                onClick={() => onRemove(person.id)}
              >
                {t("groups.remove")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <div class="actions">
        {manages && (
          <>
            <button type="button" class="button" onClick={() => show("add")}>
              <Icon name="plus" size={20} />
              {t("groups.add")}
            </button>
            <button type="button" class="button" onClick={() => show("look")}>
              {t("groups.rename")}
            </button>
            <button type="button" class="button" onClick={() => show("close")}>
              {t("groups.close")}
            </button>
          </>
        )}
        <button type="button" class="button danger" onClick={() => show("leave")}>
          {t("groups.leave")}
        </button>
      </div>
    </>
  );
}

function Rename({ held, done }: { held: Held; done: () => void }) {
  const [title, setTitle] = useState(held.title ?? "");
  const [symbol, setSymbol] = useState((held.symbol || "people") as Symbol);
  const [picture, setPicture] = useState<Blob | null>(null);
  const form = useSubmit(async () => {
    await renameGroup(held.id, { title, symbol });
    if (picture) await saveGroupPicture(held.id, picture);
    done();
  });
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <FormError error={form.error} />
      <LookFields title={title} symbol={symbol} onTitle={setTitle} onSymbol={setSymbol} wrong={form.wrong("title")} />
      <PictureField picture={held.picture ?? ""} symbol={symbol} onChange={setPicture} wrong={form.wrong("picture")?.text} />
      <Buttons busy={form.busy} label={t("groups.save")} no={done} />
    </form>
  );
}

function Add({ held, done }: { held: Held; done: () => void }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [history, setHistory] = useState(false);
  const present = held.participants.map((p) => p.person);
  const form = useSubmit(async () => {
    for (const person of chosen) await addToGroup(held.id, person, history);
    done();
  });
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <FormError error={form.error} />
      <Choose people={contactsOf(state.value).filter((person) => !present.includes(person.id))} chosen={chosen} onChange={setChosen} />
      <label class="tick">
        <input type="checkbox" checked={history} onChange={(event) => setHistory(event.currentTarget.checked)} />
        <span>{t("groups.history")}</span>
      </label>
      <Buttons busy={form.busy || chosen.length === 0} label={t("groups.add")} no={done} />
    </form>
  );
}

function Sure({ text, label, yes, no }: { text: string; label: string; yes: () => Promise<unknown>; no: () => void }) {
  const form = useSubmit(async () => void (await yes()));
  return (
    <form class="form" onSubmit={form.submit} noValidate>
      <p>{text}</p>
      <FormError error={form.error} />
      <Buttons busy={form.busy} label={label} no={no} />
    </form>
  );
}

function Buttons({ busy, label, no }: { busy: boolean; label: string; no: () => void }) {
  return (
    <div class="actions end">
      <button type="button" class="button" onClick={no}>
        {t("dialog.cancel")}
      </button>
      <button type="submit" class="button primary" aria-disabled={busy}>
        {label}
      </button>
    </div>
  );
}
