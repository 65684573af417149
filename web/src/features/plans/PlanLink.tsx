// The way to a client's safety plan, for a practitioner who cares for them: what the server would refuse has no control.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { Icon } from "../../ui/Icon";

interface Props {
  readonly client: string;
  /** Its style: in a head, or beside a name where there is little room. */
  readonly look: string;
  readonly short?: boolean;
}

export function PlanLink({ client, look, short = false }: Props) {
  const { organisations, people, contacts } = state.value;
  const person = people[client];
  const treats = organisations.some((o) => o.role === "practitioner");
  if (!treats || person?.role !== "client" || !contacts.includes(client)) return null;
  return (
    <a class={look} href={`/signaleringsplan/${client}`} onClick={follow}>
      <Icon name="plan" size={20} />
      <span class="link-words">{t(short ? "plan.short" : "plan.title")}</span>
      <span class="only-read"> {nameOf(person)}</span>
    </a>
  );
}
