// Signing out by oneself. The end of the session is followed by what drops all that was read from memory.
import { signOut } from "../../api/sign-in";
import { leaveOnPurpose } from "../../platform/farewell";
import { ended } from "../../realtime/store";
import { hangUp } from "../calls/calls";

export async function leaveByOneself(): Promise<void> {
  leaveOnPurpose(true);
  hangUp();
  await signOut().catch((cause: unknown) => {
    leaveOnPurpose(false);
    throw cause;
  });
  ended.value = "signedOut";
}
