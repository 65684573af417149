// Sign-in and passwords: django-allauth's headless interface, behind doors that answer errors as the API does.
import { exchange, forgetToken, refusal } from "./http";

const PREFIX = "/_allauth/browser/v1/auth";

/**
 * Gives whether a code is asked still. Somebody is signed in already (409): maybe another, so they are signed out first.
 */
export async function signIn(email: string, password: string): Promise<"in" | "code"> {
  const login = () => exchange("POST", `${PREFIX}/login`, { body: { email, password } });
  let answer = await login();
  if (answer.status === 409) {
    await signOut();
    answer = await login();
  }
  forgetToken();
  if (answer.status === 200) return "in";
  const refused = refusal(answer);
  if (refused.code === "second_factor_asked") return "code";
  throw refused;
}

/** The second step: a code of the app, or a recovery code. */
export const signInWithCode = (code: string): Promise<void> => prove("2fa/authenticate", { code });

export async function signOut(): Promise<void> {
  const answer = await exchange("DELETE", `${PREFIX}/session`);
  forgetToken();
  if (answer.status !== 401 && answer.status !== 200) throw refusal(answer);
}

export const reauthenticate = (password: string): Promise<void> => prove("reauthenticate", { password });
export const reauthenticateWithCode = (code: string): Promise<void> => prove("2fa/reauthenticate", { code });

async function prove(path: string, body: unknown): Promise<void> {
  const answer = await exchange("POST", `${PREFIX}/${path}`, { body });
  forgetToken();
  if (answer.status !== 200) throw refusal(answer);
}

export async function requestReset(email: string): Promise<void> {
  const answer = await exchange("POST", `${PREFIX}/password/request`, { body: { email } });
  if (answer.status !== 200) throw refusal(answer);
}

/** What is no such key by its letters is not even asked: a header could not carry it. */
export async function isResetKey(key: string): Promise<boolean> {
  if (!/^[\w-]{1,200}$/.test(key)) return false;
  const answer = await exchange("GET", `${PREFIX}/password/reset`, { headers: { "X-Password-Reset-Key": key } });
  return answer.status === 200;
}

/** Both 200 and 401 mean that the password was changed; 401 that nobody is signed in by it. */
export async function resetPassword(key: string, password: string): Promise<void> {
  const answer = await exchange("POST", `${PREFIX}/password/reset`, { body: { key, password } });
  forgetToken();
  if (answer.status !== 200 && answer.status !== 401) throw refusal(answer);
}
