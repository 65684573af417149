// Within how long a team answers, as people say it.
import { plural } from "../../i18n/text";

export const PROMISES = [60, 120, 240, 480, 960, 1440, 2400] as const;

export const promised = (minutes: number): string =>
  minutes % 60 === 0 ? plural("console.promiseHours", minutes / 60) : plural("console.promiseMinutes", minutes);
