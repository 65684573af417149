// The secret of a link in an e-mail stands behind the `#`, so that it reaches no log and no Referer. It is taken out of
// the address bar at once and kept for this tab only, until the flow it belongs to is done.
import { decoded } from "./decoded";

export function takeSecret(flow: string): string | null {
  const key = `secret:${flow}`;
  const fragment = decoded(location.hash.slice(1));
  if (fragment) {
    sessionStorage.setItem(key, fragment);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(key);
}

export const dropSecret = (flow: string): void => sessionStorage.removeItem(`secret:${flow}`);
