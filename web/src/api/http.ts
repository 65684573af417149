// One request to our own server. An answer outside 2xx becomes an `ApiError` with the server's stable code and its text
// for the person. The CSRF token comes from `GET /session` and changes at each sign-in, so it is fetched again when
// the server no longer takes the one we have.

import { chosenOrganisation } from "../platform/organisation";

export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly text: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string,
    readonly fields: readonly FieldError[] = [],
  ) {
    super(`${status} ${code}`);
  }
}

export interface Session {
  readonly signedIn: boolean;
  readonly csrf: string;
  readonly installation: { readonly name: string };
  /** How client support is reached by who cannot sign in; empty where it is not. */
  readonly support: { readonly phone: string; readonly mail: string };
  readonly demo: boolean;
  /** Who is signed in has a password of their own. */
  readonly hasPassword: boolean;
  /** Browsers make passkeys for this address. */
  readonly passkeys: boolean;
  /** By what a sign-in that waits for its second step can go on. */
  readonly waiting: Ways | null;
}

export interface Ways {
  readonly code: boolean;
  readonly passkey: boolean;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Options {
  readonly body?: unknown;
  /** Sent as it is, in place of JSON. */
  readonly file?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly keepalive?: boolean;
}

let token: string | null = null;
let asking: Promise<Session> | null = null;

let tellLocked = (): void => {};

/** The server gives nothing to this browser until the PIN is given. */
export function onLocked(tell: () => void): void {
  tellLocked = tell;
}

/** Who asks while the answer is under way gets the same one. */
export function loadSession(): Promise<Session> {
  if (asking) return asking;
  const ours = answer("GET", "/api/v1/session", {})
    .then(({ body }) => {
      if (asking === ours) token = (body as Session).csrf;
      return body as Session;
    })
    .finally(() => {
      if (asking === ours) asking = null;
    });
  asking = ours;
  return ours;
}

/** The token belongs to a sign-in that is over or has just begun; so does an answer that is under way. */
export function forgetToken(): void {
  token = asking = null;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Any answer of the server, unjudged; only a server that cannot be reached is an error. */
export async function exchange(method: Method, url: string, options: Options = {}): Promise<Answer> {
  if (method === "GET") return answer(method, url, options);
  if (token === null) await loadSession();
  const first = await answer(method, url, options);
  if (first.status !== 403 || !isOurs(first.body) || first.body.code !== "csrf") return first;
  await loadSession();
  return answer(method, url, options);
}

export async function request<T>(method: Method, url: string, options: Options = {}): Promise<T> {
  const answer = await exchange(method, `/api/v1${url}`, options);
  if (answer.status >= 200 && answer.status < 300) return answer.body as T;
  const refused = refusal(answer);
  if (refused.code === "locked") tellLocked();
  throw refused;
}

export const refusal = ({ status, body }: Answer): ApiError =>
  isOurs(body) ? new ApiError(status, body.code, body.text, body.fields ?? []) : new ApiError(status, "unexpected", "");

/** Sends bytes and tells how many are on their way, which `fetch` cannot. `signal` breaks it off. */
export async function put(url: string, file: Blob, progress: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  if (token === null) await loadSession();
  let given = await sendBytes(`/api/v1${url}`, file, progress, signal);
  if (given.status === 403 && isOurs(given.body) && given.body.code === "csrf") {
    await loadSession();
    given = await sendBytes(`/api/v1${url}`, file, progress, signal);
  }
  if (given.status < 200 || given.status >= 300) throw refusal(given);
}

function sendBytes(url: string, file: Blob, progress: (bytes: number) => void, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const fail = () => reject(new ApiError(0, "unreachable", ""));
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headersFor("PUT", { file }))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => progress(Math.min(loaded, file.size));
    request.onload = () => resolve({ status: request.status, body: parsed(request.responseText) });
    request.onerror = fail;
    request.onabort = fail;
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    if (signal.aborted) fail();
    else request.send(file);
  });
}

const headersFor = (method: Method, { body, file, headers }: Options): Record<string, string> => ({
  Accept: "application/json",
  "Accept-Language": document.documentElement.lang,
  ...(body !== undefined && { "Content-Type": "application/json" }),
  ...(file && { "Content-Type": "application/octet-stream" }),
  ...(chosenOrganisation.value !== null && { "X-Organisation": chosenOrganisation.value }),
  ...(method !== "GET" && token !== null && { "X-CSRFToken": token }),
  ...headers,
});

async function answer(method: Method, url: string, options: Options): Promise<Answer> {
  const { body, file, keepalive = false } = options;
  try {
    const response = await fetch(url, {
      method,
      credentials: "same-origin",
      keepalive,
      headers: headersFor(method, options),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(file && { body: file }),
    });
    return { status: response.status, body: parsed(await response.text()) };
  } catch {
    throw new ApiError(0, "unreachable", "");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

interface OurError {
  readonly code: string;
  readonly text: string;
  readonly fields?: readonly FieldError[];
}

const isOurs = (body: unknown): body is OurError =>
  typeof body === "object" && body !== null && "code" in body && "text" in body;
