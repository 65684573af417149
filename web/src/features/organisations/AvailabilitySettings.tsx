// What stands under the settings: a member of staff's own hours and absences. Those of the organisation, its teams and
// other people stand in administration.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { Absences } from "./Absences";
import { HoursForm } from "./HoursForm";

export function AvailabilitySettings() {
  const { me } = state.value;
  if (!me || !isStaff(state.value)) return null;
  return (
    <section class="settings-part">
      <h3>{t("hours.own")}</h3>
      <HoursForm owner={me.id} />
      <h4>{t("absence.title")}</h4>
      <Absences person={me.id} />
    </section>
  );
}
