// Where a person comes in after signing in: at the page they asked for, else at the messenger.
import { connect } from "../../realtime/client";
import { navigate } from "../../platform/router";
import { ended } from "../../realtime/store";

let wanted = "/";

export function comeBackTo(path: string): void {
  wanted = path;
}

/** The socket would not have us: then being signed in is no reason to go back there by oneself. */
export const isRefused = (): boolean => ended.value === "signedOut";

export function arrive(at: string = wanted): void {
  wanted = "/";
  connect();
  navigate(at, { replace: true });
}
