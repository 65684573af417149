// What a reader of screens hears of the files that are chosen: what was refused, what the rest waits for, and that all of it
// is there. How far each is changes all the time, and is not said.
import { plural, t } from "../../i18n/text";
import type { Upload } from "./uploads";

type Said = Pick<Upload, "status" | "text" | "obstacle"> & { readonly source: { readonly name: string } };

export function trayInWords(uploads: readonly Said[]): string {
  const waits = uploads.find(({ status }) => status === "waiting");
  const whole = uploads.filter(({ status, text }) => status === "whole" && !text).length;
  const isWhole = whole > 0 && uploads.every(({ status }) => status !== "sending" && status !== "waiting");
  return [
    ...uploads.filter(({ text }) => text).map(({ source, text }) => `${source.name}: ${text}`),
    ...(waits ? [waits.obstacle || t("files.waitsSaid")] : []),
    ...(isWhole ? [plural("files.readySaid", whole)] : []),
  ].join(" ");
}
