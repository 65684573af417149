// The person's own second factor: how it stands, switching it on and off, and the codes to recover with.
import { request } from "./http";

export interface SecondFactor {
  readonly on: boolean;
  readonly since: string | null;
  readonly passkeys: number;
  readonly codesLeft: number;
  /** An organisation of the person asks for it: then it stays on. */
  readonly required: boolean;
}

export interface Secret {
  readonly secret: string;
  /** A QR code of the same, as a `data:` address. */
  readonly picture: string;
}

interface Codes {
  readonly codes: readonly string[];
}

const PATH = "/me/second-factor";

export const loadSecondFactor = (): Promise<SecondFactor> => request("GET", PATH);
export const beginSecondFactor = (password: string): Promise<Secret> => request("POST", `${PATH}/setup`, { body: { password } });
export const turnOn = (code: string): Promise<Codes> => request("POST", PATH, { body: { code } });
export const beginOther = (password: string, code: string): Promise<Secret> =>
  request("POST", `${PATH}/other`, { body: { password, code } });
/** The app before makes no codes any more that are taken. */
export const linkOther = (code: string): Promise<unknown> => request("PUT", `${PATH}/other`, { body: { code } });
export const turnOff = (password: string, code: string): Promise<unknown> => request("POST", `${PATH}/off`, { body: { password, code } });
export const renewCodes = (password: string, code: string): Promise<Codes> =>
  request("POST", `${PATH}/codes`, { body: { password, code } });
