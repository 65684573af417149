// Where a person comes in after signing in: at the page they asked for, else at the messenger.
import { connect } from "../../realtime/client";
import { dropFarewell, isLeavingOnPurpose } from "../../platform/farewell";
import { navigate } from "../../platform/router";
import { ended } from "../../realtime/store";
import { lockState } from "../lock/here";
import { keepChosenLanguage } from "./language";

let wanted = "/";

export function comeBackTo(path: string): void {
  wanted = path;
}

/** Of who signed out by themselves nothing is kept, also where they did before anything was drawn. */
export function comeBackAfterSigningIn(path: string): void {
  comeBackTo(isLeavingOnPurpose() ? "/" : path);
}

/** The socket would not have us: then being signed in is no reason to go back there by oneself. */
export const isRefused = (): boolean => ended.value === "signedOut";

export async function arrive(at: string = wanted): Promise<void> {
  wanted = "/";
  dropFarewell();
  await keepChosenLanguage();
  if (lockState.peek() !== "locked") connect();
  navigate(at, { replace: true });
}
