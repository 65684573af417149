// A client's safety plan for their practitioner, with the way back to where they talk.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { isLoading, state } from "../../realtime/store";
import { conversationWith, nameOf } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { WidePane } from "../../ui/WidePane";
import { Numbers } from "./Numbers";
import { PlanView } from "./PlanView";

export function PlanPage({ client, gone }: { client: string; gone: boolean }) {
  const { organisations, people } = state.value;
  const organisation = organisations.find((one) => one.role === "practitioner")?.id;
  const person = people[client];
  const talk = conversationWith(state.value, client);
  return (
    <WidePane title={t("plan.title")}>
      <div class="need">
        <p class="no-print">
          <a class="back-link" href={talk ? `/gesprekken/${talk.id}` : "/contacten"} onClick={follow}>
            <Icon name="back" size={20} />
            {t(talk ? "plan.toConversation" : "menu.contacts")}
          </a>
        </p>
        {organisation || isLoading.value ? (
          <PlanView organisation={organisation} client={client} title={person ? nameOf(person) : t("plan.title")} gone={gone} />
        ) : (
          <p class="notice">{t("plan.notYours")}</p>
        )}
        <Numbers organisations={organisations} />
      </div>
    </WidePane>
  );
}
