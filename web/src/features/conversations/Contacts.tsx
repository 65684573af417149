// The people one may write with.
import { useRef, useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { isLoading, state } from "../../realtime/store";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { SearchField } from "../../ui/SearchField";
import { useSubmit } from "../../ui/submit";
import { contactsOf } from "./contacts-of";
import { mayBreakGlass } from "../../state/select";
import { BreakGlass } from "../break-glass/BreakGlass";
import { PlanLink } from "../plans/PlanLink";
import { TeamList, teamsFor } from "../teams/TeamList";
import { PersonList } from "./PersonList";
import { openWith } from "./start";

export function Contacts() {
  const [sought, seek] = useState("");
  const person = useRef("");
  const { error, submit } = useSubmit(() => openWith(person.current));
  const people = contactsOf(state.value);
  const teams = teamsFor(sought);
  const choose = (id: string) => {
    person.current = id;
    submit();
  };
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="list-head">
        <h2 id="list-title" tabIndex={-1}>{t("menu.contacts")}</h2>
        <SearchField label={t("contacts.search")} value={sought} onInput={seek} />
        <FormError error={error} />
      </div>
      <div class="list-body">
        {isLoading.value && <ListSkeleton />}
        {!isLoading.value && people.length === 0 && teamsFor("").length === 0 && <Nobody />}
        <TeamList teams={teams} />
        <PersonList people={people} sought={sought} beneath={teams.length > 0} onChoose={({ id }) => choose(id)} beside={({ id }) => <PlanLink client={id} look="button plan-link" short />} />
        {mayBreakGlass(state.value) && <OtherClient />}
      </div>
    </section>
  );
}

function OtherClient() {
  const [open, setOpen] = useState(false);
  return (
    <p class="contacts-foot">
      {t("breakGlass.ask")}{" "}
      <button type="button" class="text-button" onClick={() => setOpen(true)}>
        {t("breakGlass.open")}
      </button>
      {open && <BreakGlass onClose={() => setOpen(false)} />}
    </p>
  );
}

function Nobody() {
  return (
    <div class="empty">
      <Icon name="contacts" size={40} />
      <h3>{t("contacts.none")}</h3>
      <p>{t("contacts.noneText")}</p>
    </div>
  );
}
