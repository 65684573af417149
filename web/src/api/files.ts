// Files: sent part by part, and where what may be seen is.
import { put, request } from "./http";
import type { SharedFile } from "./protocol";

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
