// What stands under the settings: a member of staff's own hours and absences, and for an administrator the organisation's
// hours and notice.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { Absences } from "./Absences";
import { HoursForm } from "./HoursForm";
import { NoticeForm } from "./NoticeForm";

export function AvailabilitySettings() {
  const { me, organisations } = state.value;
  const mine = organisations.find((o) => o.role !== "client");
  if (!me || !mine) return null;
  return (
    <>
      <section>
        <h3>{t("hours.own")}</h3>
        <HoursForm owner={me.id} />
        <h4>{t("absence.title")}</h4>
        <Absences person={me.id} />
      </section>
      {mine.role === "administrator" && (
        <section>
          <h3>{t("hours.organisation")}</h3>
          <HoursForm owner={mine.id} />
          <h4>{t("notice.title")}</h4>
          <NoticeForm />
        </section>
      )}
    </>
  );
}
