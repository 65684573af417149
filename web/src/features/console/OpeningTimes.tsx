// When the organisation answers and what it says of that: its own hours, holidays and notice, and the hours and absences
// of each team and colleague.
import { useState } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { isStaffRole, nameOf } from "../../state/select";
import type { State } from "../../state/state";
import { InOrder } from "../../ui/in-order";
import { SelectField } from "../../ui/SelectField";
import { Absences } from "../organisations/Absences";
import { HoursForm } from "../organisations/HoursForm";
import { NoticeForm } from "../organisations/NoticeForm";

export function OpeningTimes() {
  const home = state.value.organisations[0];
  const [owner, setOwner] = useState(home?.id ?? "");
  if (!home) return null;
  const choices = [
    { value: home.id, label: home.name },
    ...state.value.teams.filter((team) => team.organisation === home.id).map(({ id, name }) => ({ value: id, label: name })),
    ...staff(state.value).map((one) => ({ value: one.id, label: nameOf(one) })),
  ];
  const name = choices.find((one) => one.value === owner)?.label;
  return (
    <div class="opening-times-of">
      <SelectField label={t("console.openingTimesOf")} value={owner} options={choices} onChange={setOwner} />
      <section key={owner}>
        <InOrder>
          <>
            <h4>{owner === home.id ? t("hours.organisation") : name}</h4>
            <HoursForm owner={owner} />
          </>
          {owner === home.id && (
            <>
              <h4>{t("notice.title")}</h4>
              <NoticeForm />
            </>
          )}
          {state.value.people[owner] && (
            <>
              <h4>{t("absence.title")}</h4>
              <Absences person={owner} />
            </>
          )}
        </InOrder>
      </section>
    </div>
  );
}

/** Oneself and one's colleagues, by name. */
function staff({ me, contacts, people }: State) {
  const all = [me?.id ?? "", ...contacts].map((id) => people[id]).filter((one) => one !== undefined);
  return all.filter((one) => isStaffRole(one.role)).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}
