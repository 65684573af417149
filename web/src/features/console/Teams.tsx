// Teams: what they are called, what they promise, who answers for them.
import { useState } from "preact/hooks";
import { loadPeople, loadTeams, manTeam, unmanTeam, type Colleague, type Team } from "../../api/console";
import { t } from "../../i18n/text";
import { nameOf } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { SelectField } from "../../ui/SelectField";
import { useSubmit } from "../../ui/submit";
import { promised } from "./promise";
import { TeamDialog } from "./TeamDialog";
import { useLoaded } from "./use-loaded";

const ROLES = { planning: "planner", support: "support" } as const;

export function Teams() {
  const { data, error, reload } = useLoaded(() => Promise.all([loadTeams(), loadPeople()]));
  const [open, setOpen] = useState<Team | "new" | null>(null);
  const done = () => {
    setOpen(null);
    reload();
  };
  return (
    <>
      <div class="wide-actions">
        <button type="button" class="button primary" onClick={() => setOpen("new")}>
          <Icon name="plus" size={20} />
          {t("console.newTeam")}
        </button>
      </div>
      <FormError error={error} />
      {!data && !error && <ListSkeleton rows={2} />}
      <div class="cards">
        {data?.[0].map((team) => (
          <Card key={team.id} team={team} people={data[1]} onEdit={() => setOpen(team)} onChange={reload} />
        ))}
      </div>
      {open && <TeamDialog team={open === "new" ? null : open} onClose={() => setOpen(null)} onDone={done} />}
    </>
  );
}

interface CardProps {
  readonly team: Team;
  readonly people: readonly Colleague[];
  readonly onEdit: () => void;
  readonly onChange: () => void;
}

function Card({ team, people, onEdit, onChange }: CardProps) {
  const [target, setTarget] = useState("");
  const man = useSubmit(async () => {
    await manTeam(team.id, target);
    setTarget("");
    onChange();
  });
  const able = people.filter((one) => one.active && one.role === ROLES[team.kind] && !team.members.includes(one.id));
  const nobody = { value: "", label: t("console.choosePerson") };
  return (
    <article class="console-card">
      <header class="card-head">
        <div>
          <h4>{team.name}</h4>
          <p class="quiet">{promised(team.promiseMinutes)}</p>
        </div>
        <button type="button" class="button small" aria-label={t("console.editTeamOf", { name: team.name })} onClick={onEdit}>
          {t("console.editTeam")}
        </button>
      </header>
      {team.members.length === 0 && <p>{t("console.teamEmpty")}</p>}
      <ul class="group-people">
        {people
          .filter((one) => team.members.includes(one.id))
          .map((one) => (
            <MemberRow key={one.id} team={team} one={one} onChange={onChange} />
          ))}
      </ul>
      {able.length > 0 && (
        <form class="add-member" onSubmit={man.submit} noValidate>
          <SelectField
            label={t("console.addMember")}
            value={target}
            options={[nobody, ...able.map((one) => ({ value: one.id, label: nameOf(one) }))]}
            onChange={setTarget}
          />
          <button type="submit" class="button" disabled={!target} aria-disabled={man.busy} aria-label={t("console.addMemberTo", { name: team.name })}>
            {t("console.add")}
          </button>
        </form>
      )}
      <FormError error={man.error} />
    </article>
  );
}

function MemberRow({ team, one, onChange }: { team: Team; one: Colleague; onChange: () => void }) {
  const { busy, error, submit } = useSubmit(async () => {
    await unmanTeam(team.id, one.id);
    onChange();
  });
  return (
    <li class="group-person">
      <Avatar name={nameOf(one)} small />
      <span class="grow">{nameOf(one)}</span>
      <button
        type="button"
        class="text-button"
        aria-label={t("console.takeOut", { name: nameOf(one), team: team.name })}
        aria-disabled={busy}
        onClick={() => submit()}
      >
        {t("groups.remove")}
      </button>
      <FormError error={error} />
    </li>
  );
}
