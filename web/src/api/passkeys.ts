// Passkeys: signing in with one, showing once more who one is, and one's own.
import type { Asked, AskedToMake, MadePasskey, UsedPasskey } from "../platform/passkeys";
import { exchange, forgetToken, refusal, request } from "./http";

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly usedAt: string | null;
}

interface Codes {
  readonly codes: readonly string[];
}

const PATH = "/me/passkeys";

export const askForPasskey = (): Promise<Asked> => request("POST", "/passkeys/challenge");
export const signInWithPasskey = (used: UsedPasskey): Promise<void> => prove("/passkeys/sign-in", used);
export const proveWithPasskey = (used: UsedPasskey): Promise<void> => prove(`${PATH}/prove`, used);

export const loadPasskeys = (): Promise<readonly Passkey[]> => request("GET", PATH);
export const beginPasskey = (): Promise<AskedToMake> => request("POST", `${PATH}/challenge`);
export const addPasskey = (name: string, made: MadePasskey): Promise<Codes> => request("POST", PATH, { body: { name, ...made } });
export const removePasskey = (id: string): Promise<unknown> => request("DELETE", `${PATH}/${id}`);

export const renewCodesByPasskey = (): Promise<Codes> => request("POST", `${PATH}/codes`);

async function prove(path: string, used: UsedPasskey): Promise<void> {
  const answer = await exchange("POST", `/api/v1${path}`, { body: used });
  forgetToken();
  if (answer.status !== 200) throw refusal(answer);
}
