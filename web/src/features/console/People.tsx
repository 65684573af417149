// Who works here: inviting, another role, and leaving. Clients are not listed: whom somebody treats is no administration.
import { useState } from "preact/hooks";
import { loadPeople, type Colleague } from "../../api/console";
import { plural, t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { Avatar } from "../../ui/Avatar";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { roleName } from "../organisations/roles";
import { ImportDialog } from "./ImportDialog";
import { InviteStaffDialog } from "./InviteStaffDialog";
import { LeaveDialog } from "./LeaveDialog";
import { RoleDialog } from "./RoleDialog";
import { useLoaded } from "./use-loaded";

type Open = { readonly what: "invite" | "import" } | { readonly what: "role" | "leave"; readonly who: Colleague };

export function People() {
  const { data: people, error, reload } = useLoaded(loadPeople);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const done = () => {
    close();
    reload();
  };
  const working = people?.filter((one) => one.active) ?? [];
  const gone = people?.filter((one) => !one.active) ?? [];
  return (
    <>
      <div class="actions wide-actions">
        <button type="button" class="button primary" onClick={() => setOpen({ what: "invite" })}>
          <Icon name="invite" size={20} />
          {t("console.inviteStaff")}
        </button>
        <button type="button" class="button" onClick={() => setOpen({ what: "import" })}>
          <Icon name="files" size={20} />
          {t("console.import")}
        </button>
      </div>
      <FormError error={error} />
      {!people && !error && <ListSkeleton rows={4} />}
      {people && <p class="quiet">{plural("console.working", working.length)}</p>}
      <ul class="rows">
        {working.map((one) => (
          <Row key={one.id} one={one} onOpen={(what) => setOpen({ what, who: one })} />
        ))}
      </ul>
      {gone.length > 0 && (
        <details class="gone">
          <summary>{plural("console.gone", gone.length)}</summary>
          <ul class="rows">
            {gone.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        </details>
      )}
      {open?.what === "invite" && <InviteStaffDialog onClose={close} />}
      {open?.what === "import" && <ImportDialog onClose={close} />}
      {open?.what === "role" && <RoleDialog who={open.who} onClose={close} onDone={done} onHandOver={() => setOpen({ what: "leave", who: open.who })} />}
      {open?.what === "leave" && <LeaveDialog who={open.who} people={working} onClose={close} onDone={done} />}
    </>
  );
}

function Row({ one, onOpen }: { one: Colleague; onOpen?: (what: "role" | "leave") => void }) {
  const name = nameOf(one);
  return (
    <li class="row">
      <Avatar name={name} />
      <div class="row-text">
        <h4>
          {name}
          {one.id === state.value.me?.id && <span class="quiet"> {t("console.yourself")}</span>}
        </h4>
        <p>{roleName(one.role)}</p>
        <p class="quiet">{one.email}</p>
      </div>
      {onOpen && (
        <div class="actions">
          <button type="button" class="button small" aria-label={t("console.changeRoleOf", { name })} onClick={() => onOpen("role")}>
            {t("console.changeRole")}
          </button>
          <button type="button" class="button small danger" aria-label={t("console.endOf", { name })} onClick={() => onOpen("leave")}>
            {t("console.end")}
          </button>
        </div>
      )}
    </li>
  );
}
