// The ways in which somebody's identity is checked.
import type { How } from "../../api/factor-recovery";
import type { Key } from "../../i18n/text";

export const HOW_NAMES: Readonly<Record<How, Key>> = {
  in_person: "recovery.inPerson",
  video: "recovery.video",
  phone: "recovery.phone",
};
