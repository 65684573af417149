// How staff sign in through the organisation's own provider, as the host set it up: to read, and to tell the provider's
// administrator what to register.
import { loadSignOnSetUp, type SignOnSetUp } from "../../api/sign-on";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { roleName } from "../organisations/roles";
import { useLoaded } from "./use-loaded";

export function SignOnCard() {
  const { data, error } = useLoaded(loadSignOnSetUp);
  return (
    <section class="sign-on-card">
      <h3>{t("console.signOn")}</h3>
      <FormError error={error} />
      {data && (data.provider === null ? <p>{t("console.signOnOff")}</p> : <On provider={data.provider} setUp={data} />)}
    </section>
  );
}

function On({ provider, setUp }: { provider: string; setUp: SignOnSetUp }) {
  return (
    <>
      <p>{t("console.signOnText", { provider })}</p>
      <dl class="facts">
        <dt>{t("console.signOnGroups")}</dt>
        {setUp.groups.map(({ group, role }) => (
          <dd key={`${group} ${role}`}>{t("console.signOnGroup", { group, role: roleName(role) })}</dd>
        ))}
        {setUp.teams.map(({ group, team }) => (
          <dd key={`team ${group} ${team}`}>{t("console.signOnTeam", { group, team })}</dd>
        ))}
        <dt>{t("console.signOnDomains")}</dt>
        <dd>{setUp.domains.join(", ")}</dd>
        <dt>{t("factor.title")}</dt>
        <dd>{t(setUp.asksSecondFactor ? "console.signOnFactorThere" : "console.signOnFactorHere")}</dd>
        <dt>{t("console.signOnBack")}</dt>
        <dd>{setUp.back}</dd>
      </dl>
      <p class="hint">{t("console.signOnHost")}</p>
    </>
  );
}
