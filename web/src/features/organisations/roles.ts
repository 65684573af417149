// A role as people say it.
import type { RoleName } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";

const NAMES: Readonly<Record<RoleName, Key>> = {
  client: "role.client",
  practitioner: "role.practitioner",
  planner: "role.planner",
  support: "role.support",
  administrator: "role.administrator",
  privacy_officer: "role.privacyOfficer",
};

export const roleName = (role: RoleName): string => t(NAMES[role]);
