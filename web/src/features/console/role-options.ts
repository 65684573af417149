// The roles of who works somewhere, to choose from.
import { STAFF_ROLES, type StaffRole } from "../../api/console";
import { roleName } from "../organisations/roles";

export const roleOptions = (): readonly { value: StaffRole; label: string }[] =>
  STAFF_ROLES.map((value) => ({ value, label: roleName(value) }));
