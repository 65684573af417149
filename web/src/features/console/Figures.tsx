// How each team does: what waits now, and the last weeks. No names, and no number about fewer than five questions.
import { loadFigures, type Figures as TeamFigures, type Week } from "../../api/console";
import { t } from "../../i18n/text";
import { date } from "../../i18n/time";
import { FormError } from "../../ui/FormError";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { duration } from "./duration";
import { promised } from "./promise";
import { useLoaded } from "./use-loaded";

const few = (count: number | null): string => (count === null ? t("console.few") : String(count));

export function Figures() {
  const { data, error } = useLoaded(loadFigures);
  return (
    <>
      <p class="quiet">{t("console.figuresText")}</p>
      <FormError error={error} />
      {!data && !error && <ListSkeleton rows={3} />}
      <div class="figures">
        {data?.map((team) => (
          <Team key={team.team} team={team} />
        ))}
      </div>
    </>
  );
}

function Team({ team }: { team: TeamFigures }) {
  return (
    <section class="console-card">
      <h4>{team.name}</h4>
      <p class="quiet">{promised(team.promiseMinutes)}</p>
      <dl class="numbers">
        <div>
          <dt>{t("console.openNow")}</dt>
          <dd>{few(team.open)}</dd>
        </div>
        <div>
          <dt>{t("console.overdueNow")}</dt>
          <dd>{few(team.overdue)}</dd>
        </div>
      </dl>
      <div class="table-frame" tabIndex={0} role="region" aria-label={t("console.weeksOf", { name: team.name })}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t("console.week")}</th>
              <th scope="col">{t("console.questions")}</th>
              <th scope="col">{t("console.median")}</th>
              <th scope="col">{t("console.slow")}</th>
              <th scope="col">{t("console.handled")}</th>
            </tr>
          </thead>
          <tbody>
            {team.weeks.map((week) => (
              <Row key={week.monday} week={week} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ week }: { week: Week }) {
  const none = week.questions === 0;
  const time = (minutes: number | null) => (none ? "–" : minutes === null ? t("console.few") : duration(minutes));
  return (
    <tr>
      <th scope="row">{date(new Date(`${week.monday}T12:00:00`))}</th>
      <td>{few(week.questions)}</td>
      <td>{time(week.medianMinutes)}</td>
      <td>{time(week.slowMinutes)}</td>
      <td>{few(week.handled)}</td>
    </tr>
  );
}
