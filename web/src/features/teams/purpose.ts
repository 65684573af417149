// What a client writes with whom about: each kind of conversation says so before the first message.
import type { KindName } from "../../api/protocol";
import { t, type Key } from "../../i18n/text";

const PURPOSES: Readonly<Partial<Record<KindName, Key>>> = {
  treatment: "purpose.treatment",
  planning: "purpose.planning",
  support: "purpose.support",
};

export function purposeOf(kind: KindName): string {
  const key = PURPOSES[kind];
  return key ? t(key) : "";
}
