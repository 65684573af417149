// Passkeys among what the browser fills in: it waits beside the sign-in form until one is chosen there. A challenge lasts
// five minutes, so it is renewed before.
import { useEffect } from "preact/hooks";
import { loadSession } from "../../api/http";
import { askForPasskey, signInWithPasskey } from "../../api/passkeys";
import { offersPasskeys, stopOffering, takePasskey } from "../../platform/passkeys";

const RENEWED_EVERY = 4 * 60_000;

export function useOfferedPasskey(onSignedIn: () => void | Promise<void>, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    let over = false;
    const offer = async () => {
      if (!(await offersPasskeys()) || !(await loadSession()).passkeys || over) return;
      const asked = await askForPasskey();
      if (over) return;
      const used = await takePasskey(asked, true);
      if (!used || over) return;
      await signInWithPasskey(used);
      await onSignedIn();
    };
    const quietly = () => void offer().catch(() => {});
    quietly();
    const renewing = setInterval(quietly, RENEWED_EVERY);
    return () => {
      over = true;
      clearInterval(renewing);
      stopOffering();
    };
  }, [wanted]);
}
