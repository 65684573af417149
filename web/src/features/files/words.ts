// Files in words: how large, of which kind, and what a message with files says where only words fit.
import type { FileKind, SharedFile } from "../../api/protocol";
import { language, plural, t, type Key } from "../../i18n/text";
import type { IconName } from "../../ui/Icon";

const STEP = 1024;
const UNITS = ["B", "kB", "MB", "GB"] as const;

/** "2,3 MB", as people read it. */
export function fileSize(bytes: number): string {
  const step = bytes < STEP ? 0 : Math.min(Math.floor(Math.log(bytes) / Math.log(STEP)), UNITS.length - 1);
  const size = bytes / STEP ** step;
  const digits = size < 10 && step > 0 ? 1 : 0;
  const locale = language.value === "nl" ? "nl-NL" : "en-GB";
  return `${size.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[step]}`;
}

/** "1:05", of milliseconds. */
export function durationOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const NAMES: Readonly<Record<FileKind, Key>> = {
  picture: "files.kind.picture",
  pdf: "files.kind.pdf",
  document: "files.kind.document",
  audio: "files.kind.audio",
  video: "files.kind.video",
  archive: "files.kind.archive",
};

const ICONS: Readonly<Record<FileKind, IconName>> = {
  picture: "picture",
  pdf: "files",
  document: "files",
  audio: "sound",
  video: "film",
  archive: "archive",
};

export const kindName = (kind: FileKind | null | undefined): string => t(kind ? NAMES[kind] : "files.kind.file");
export const kindIcon = (kind: FileKind | null | undefined): IconName => (kind ? ICONS[kind] : "files");

/** A recording that was made in the app. */
export const isVoice = (file: SharedFile): boolean => file.kind === "audio" && (file.duration ?? 0) > 0;

/** "Foto", "Spraakbericht", "brief.pdf", "3 bestanden". */
export function filesInWords(files: readonly SharedFile[]): string {
  const [first, second] = files;
  if (!first) return "";
  if (second) {
    const pictures = files.every((file) => file.kind === "picture");
    return plural(pictures ? "files.pictures" : "files.several", files.length);
  }
  if (isVoice(first)) return t("files.voice", { duration: durationOf(first.duration ?? 0) });
  return first.kind === "picture" || !first.name ? kindName(first.kind) : first.name;
}
