// The way to a client's safety plan, for a practitioner who cares for them: what the server would refuse has no control.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { Icon } from "../../ui/Icon";

/** `look` is its style: in a head or beside a name. */
export function PlanLink({ client, look }: { client: string; look: string }) {
  const { organisations, people, contacts } = state.value;
  const person = people[client];
  const treats = organisations.some((o) => o.role === "practitioner");
  if (!treats || person?.role !== "client" || !contacts.includes(client)) return null;
  return (
    <a class={look} href={`/signaleringsplan/${client}`} onClick={follow}>
      <Icon name="plan" size={20} />
      {t("plan.title")}
      <span class="only-read"> {nameOf(person)}</span>
    </a>
  );
}
