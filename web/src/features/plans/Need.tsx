// Help in need: whom to call now, and below it one's own safety plan, one for each organisation that one is a client of.
// Whichever of them is chosen in the app: who is in need does not have to look for the other. Nothing here waits for
// anything: the numbers stand there before the welcome, and without a line.
import { t } from "../../i18n/text";
import { isLoading, session } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { WidePane } from "../../ui/WidePane";
import { Numbers } from "./Numbers";
import { PlanView } from "./PlanView";

export function Need({ gone }: { gone: boolean }) {
  const { me, organisations } = session.value.state;
  const mine = organisations.filter((one) => one.role === "client");
  return (
    <WidePane title={t("menu.need")}>
      <div class="need">
        {me && <p class="print-only">{nameOf(me)}</p>}
        <Numbers organisations={mine.length > 0 ? mine : organisations} />
        {isLoading.value && <PlanView organisation={undefined} client={undefined} title={t("plan.ownTitle")} gone={gone} />}
        {mine.map(({ id, name }) => (
          <PlanView
            key={id}
            organisation={id}
            client={me?.id}
            title={mine.length > 1 ? t("plan.ownTitleAt", { name }) : t("plan.ownTitle")}
            gone={gone}
          />
        ))}
      </div>
    </WidePane>
  );
}
