// Files: sent part by part, and where what may be seen is.
import { put, request } from "./http";
import type { Person, SharedFile } from "./protocol";

export interface Announced {
  readonly name: string;
  readonly size: number;
  /** What this file is known again by, so that it goes on where it was broken off: 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** Milliseconds, of a recording. */
  readonly duration?: number;
}

export interface Arrival {
  readonly file: Omit<SharedFile, "state"> & { readonly state: SharedFile["state"] | "arriving" };
  readonly partSize: number;
  readonly missing: readonly number[];
}

export const beginFile = (conversation: string, file: Announced): Promise<Arrival> =>
  request("POST", `/conversations/${conversation}/files`, { body: file });

export const loadArrival = (file: string): Promise<Arrival> => request("GET", `/files/${file}`);

export const putPart = (
  file: string,
  part: number,
  bytes: Blob,
  progress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> => put(`/files/${file}/parts/${part}`, bytes, progress, signal);

export const finishFile = (file: string): Promise<Arrival> => request("POST", `/files/${file}/whole`);

export const dropFile = (file: string): Promise<void> => request("DELETE", `/files/${file}`);

export const contentOf = (file: string): string => `/api/v1/files/${file}/content`;
export const savedAs = (file: string): string => `${contentOf(file)}?save=true`;
export const smallOf = (file: string): string => `/api/v1/files/${file}/small`;
export const pageOf = (file: string, page: number): string => `/api/v1/files/${file}/pages/${page}`;
export const zipOf = (conversation: string): string => `/api/v1/conversations/${conversation}/files.zip`;

export const loadPageText = (file: string, page: number): Promise<{ readonly text: string }> =>
  request("GET", `/files/${file}/pages/${page}/text`);

/** A file where it stands: in which message of which conversation, from whom and when. */
export interface Listed {
  readonly file: SharedFile;
  readonly conversation: string;
  readonly seq: number;
  readonly sender: string;
  readonly at: string;
}

/** Newest first; `next` is where the older ones begin. */
export interface Listing {
  readonly files: readonly Listed[];
  readonly more: boolean;
  readonly next: string;
  readonly people: readonly Person[];
}

export interface Wanted {
  readonly conversation?: string;
  readonly kind?: string;
  readonly person?: string;
  /** A day: 2026-11-23. */
  readonly since?: string;
  readonly name?: string;
  readonly before?: string;
}

export const listFiles = (wanted: Wanted): Promise<Listing> =>
  request("GET", `/files?${new URLSearchParams({ ...wanted }).toString()}`);
