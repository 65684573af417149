// A number of minutes as people say it: "45 min", "3 uur 5 min".
import { t } from "../../i18n/text";

export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t("console.minutes", { minutes: rest });
  return rest === 0 ? t("console.hours", { hours }) : `${t("console.hours", { hours })} ${t("console.minutes", { minutes: rest })}`;
}
