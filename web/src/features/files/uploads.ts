// The files that were chosen to be sent, by conversation: under way, whole, or refused. They are in memory only, like what
// is being written; they survive going to another conversation and a lost connection. Pressing "Stuur" before they are
// whole is remembered (`leaving`), and the message goes when they are.
import { effect, signal } from "@preact/signals";
import { beginFile, dropFile, finishFile, loadArrival, putPart, type Announced, type Arrival } from "../../api/files";
import { ApiError } from "../../api/http";
import { MAX_FILES, type FileRules, type SharedFile } from "../../api/protocol";
import { errorText } from "../../i18n/error";
import { t } from "../../i18n/text";
import { newId } from "../../platform/ids";
import { waitBefore } from "../../realtime/backoff";
import type { Content } from "../../realtime/session";
import { fileListeners, session, state } from "../../realtime/store";
import { send } from "../messages/undo";
import { fingerprint, ofCopy } from "./fingerprint";
import { fitting, groups, isSame, shared, type Asked } from "./shared";
import { upload, type Line } from "./upload";
import { fileSize } from "./words";

export interface Upload {
  readonly key: string;
  readonly conversation: string;
  readonly source: File;
  readonly duration: number;
  readonly asked: Asked | null;
  /** `later`: more than one message takes; it begins when the next one has room. */
  readonly status: "later" | "sending" | "waiting" | "whole" | "failed";
  readonly sent: number;
  /** As the server knows it, when it is whole there. */
  readonly file: SharedFile | null;
  /** Why it failed or was refused. */
  readonly text: string;
  /** What the server says it waits for; empty where there is no line. */
  readonly obstacle: string;
}

/** A message that goes when its files are whole. */
export interface Leaving {
  readonly key: string;
  readonly conversation: string;
  readonly content: Content;
  readonly uploads: readonly string[];
}

export const uploads = signal<readonly Upload[]>([]);
export const leaving = signal<readonly Leaving[]>([]);

/** Pictures of one's own, by file: seen before the server has made them small. */
const previews = new Map<string, string>();
export const previewOf = (file: string): string | undefined => previews.get(file);

const stops = new Map<string, AbortController>();
const AT_ONCE = 2;
let underWay = 0;
const queue: (() => Promise<void>)[] = [];

export const hasUploads = (): boolean => uploads.value.length > 0;

/** Those that are not part of a message of this conversation yet. */
export function inTray(conversation: string): readonly Upload[] {
  const gone = new Set(leaving.value.flatMap((one) => one.uploads));
  return uploads.value.filter((one) => one.conversation === conversation && !gone.has(one.key));
}

/** Those of the tray that the next message takes. */
export const goingNext = (conversation: string): readonly Upload[] => fitting(inTray(conversation), MAX_FILES);

interface About {
  /** Milliseconds, of a recording. */
  readonly duration?: number;
  readonly asked?: Asked | null;
}

/** Chooses files, each once; what is more than a message takes, or than the organisation allows, is told where they stand. */
export function choose(conversation: string, files: readonly File[], { duration = 0, asked = null }: About = {}): void {
  const known = inTray(conversation).filter((one) => isSame(one.asked, asked)).map(({ source }) => source);
  const fresh = files.filter((file, i) => ![...known, ...files.slice(0, i)].some((other) => isSameFile(file, other)));
  const chosen = fresh.map((source): Upload => {
    const text = unfit(conversation, source);
    const status = text ? "failed" : "later";
    return { key: newId(), conversation, source, duration, asked, status, sent: 0, file: null, text, obstacle: "" };
  });
  uploads.value = [...uploads.value, ...chosen];
  beginFitting(conversation);
}

const chooseAgain = ({ conversation, source, duration, asked }: Upload): void =>
  choose(conversation, [source], { duration, asked });

const isSameFile = (one: File, other: File): boolean =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

function beginFitting(conversation: string): void {
  for (const { key, status } of goingNext(conversation)) if (status === "later") again(key);
}

/** What its organisation allows. */
export function rulesIn(conversation: string): FileRules | null | undefined {
  const { conversations, organisations } = state.value;
  return organisations.find((one) => one.id === conversations[conversation]?.organisation)?.files;
}

function unfit(conversation: string, source: File): string {
  const rules = rulesIn(conversation);
  if (source.size === 0) return t("files.emptyFile");
  if (rules && source.size > rules.largest) return t("files.tooLarge", { size: fileSize(rules.largest) });
  return "";
}

/** Takes a file out, also on the server. */
export function cancel(key: string): void {
  const one = find(key);
  stops.get(key)?.abort();
  stops.delete(key);
  uploads.value = uploads.value.filter((other) => other.key !== key);
  leaving.value = leaving.value
    .map((message) => ({ ...message, uploads: message.uploads.filter((other) => other !== key) }))
    .filter((message) => message.uploads.length > 0 || message.content.body);
  const id = one?.file?.id ?? begun.get(key);
  begun.delete(key);
  if (id && !isTaken(id)) void dropFile(id).catch(() => {});
  if (one) beginFitting(one.conversation);
}

export function again(key: string): void {
  change(key, { status: "sending", text: "" });
  begin(key);
}

/** Sends what of the tray a message takes, one for each document: now, or when all of it is whole. */
export function sendWithTray(conversation: string, content: Content): void {
  const messages = shared(content, groups(goingNext(conversation)));
  leaving.value = [...leaving.value, ...messages.map((one) => ({ ...one, key: newId(), conversation }))];
  goWhenWhole();
  beginFitting(conversation);
}

/** Puts the files of a message that has not gone yet back in the tray. */
export function takeBack(key: string): void {
  leaving.value = leaving.value.filter((one) => one.key !== key);
}

export function dropUploads(): void {
  for (const stop of stops.values()) stop.abort();
  stops.clear();
  begun.clear();
  for (const url of previews.values()) URL.revokeObjectURL(url);
  previews.clear();
  uploads.value = [];
  leaving.value = [];
}

function goWhenWhole(): void {
  for (const message of leaving.peek()) {
    const those = message.uploads.map(find);
    const files = those.map((one) => one?.file);
    if (files.some((file) => !file || file.state === "refused")) continue;
    leaving.value = leaving.peek().filter((one) => one !== message);
    uploads.value = uploads.peek().filter((one) => !message.uploads.includes(one.key));
    for (const key of message.uploads) begun.delete(key);
    const once = [...new Map((files as SharedFile[]).map((file) => [file.id, file])).values()];
    const content = { ...message.content, ...(once.length > 0 && { files: once }) };
    send(message.conversation, content, () => those.forEach((one) => one && chooseAgain(one)));
  }
}

/** By upload, the file that it is on the server. */
const begun = new Map<string, string>();

/** Whether a file on the server is that of an upload, or goes with a message that is not stored yet. */
const isTaken = (id: string): boolean =>
  [...begun.values()].includes(id) || state.peek().pending.some(({ files = [] }) => files.some((file) => file.id === id));

function begin(key: string): void {
  queue.push(() => run(key));
  next();
}

function next(): void {
  if (underWay >= AT_ONCE) return;
  const work = queue.shift();
  if (!work) return;
  underWay += 1;
  void work().finally(() => {
    underWay -= 1;
    next();
  });
  next();
}

async function run(key: string): Promise<void> {
  const one = find(key);
  if (!one) return;
  const { source, duration, conversation } = one;
  const stop = new AbortController();
  stops.set(key, stop);
  try {
    const announced = { name: source.name, size: source.size, fingerprint: await fingerprint(source), duration };
    const arrival = await upload(source, announced, lineFor(key, conversation), {
      sent: (sent) => change(key, { sent }),
      waiting: (cause) => change(key, { status: cause ? "waiting" : "sending", obstacle: cause?.status ? errorText(cause) : "" }),
    }, stop.signal);
    if (source.type.startsWith("image/")) previews.set(arrival.file.id, URL.createObjectURL(source));
    whole(key, arrival.file as SharedFile);
  } catch (cause) {
    if (stop.signal.aborted) return;
    change(key, { status: "failed", text: cause instanceof ApiError ? errorText(cause) : t("files.unreadable") });
  }
}

function lineFor(key: string, conversation: string): Line {
  return { begin: (file) => beginAsOne(key, conversation, file), put: putPart, finish: finishFile, wait };
}

/** The server gives the same file twice as one; sent in two messages, each needs its own. */
async function beginAsOne(key: string, conversation: string, file: Announced): Promise<Arrival> {
  begun.delete(key);
  for (let copy = 0; ; copy++) {
    const arrival = await beginFile(conversation, { ...file, fingerprint: ofCopy(file.fingerprint, copy) });
    const { id } = arrival.file;
    if (isTaken(id)) continue;
    if (find(key)) begun.set(key, id);
    return arrival;
  }
}

/** Until it is worth trying again: some time, or that the browser says there is a line. */
const wait = (attempt: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, waitBefore(attempt, 0, Math.random()));
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });

function whole(key: string, file: SharedFile): void {
  const text = file.state === "refused" ? reasonOf(file) : "";
  change(key, { status: "whole", file, text });
  goWhenWhole();
}

const REASONS = {
  infected: "files.refused.infected",
  kind: "files.refused.kind",
  unreadable: "files.refused.unreadable",
  damaged: "files.refused.damaged",
} as const;

/** Why a file cannot be sent or opened. */
export const reasonOf = (file: SharedFile): string => t(REASONS[file.reason ?? "damaged"]);

const find = (key: string): Upload | undefined => uploads.peek().find((one) => one.key === key);

function change(key: string, with_: Partial<Upload>): void {
  uploads.value = uploads.peek().map((one) => (one.key === key ? { ...one, ...with_ } : one));
}

function checked(file: SharedFile): void {
  const one = uploads.peek().find((other) => other.file?.id === file.id || begun.get(other.key) === file.id);
  if (one?.file) whole(one.key, file);
  else if (one) change(one.key, { file });
}

/** What was checked while there was no line is asked for when there is one. */
export function watchUploads(): void {
  fileListeners.add(checked);
  effect(() => {
    if (session.value.link !== "up") return;
    for (const one of uploads.peek()) if (one.file?.state === "checking") void loadArrival(one.file.id).then(told, () => {});
  });
}

const told = ({ file }: Arrival): void => {
  if (file.state !== "arriving") checked(file as SharedFile);
};
