// Where a person comes in after signing in: at the page they asked for, else at the messenger.
import { connect } from "../../realtime/client";
import { navigate } from "../../platform/router";

let wanted = "/";

export function comeBackTo(path: string): void {
  wanted = path;
}

export function arrive(at: string = wanted): void {
  wanted = "/";
  connect();
  navigate(at, { replace: true });
}
