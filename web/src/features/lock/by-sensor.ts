// The device's own sensor (fingerprint, face) beside the PIN: it gives a secret that nobody but it knows, which unwraps the
// data key together with a share of the server's for it.
import { ApiError } from "../../api/http";
import { addSensor, challenge, openBySensor, removeSensor } from "../../api/lock";
import { appName } from "../../platform/look";
import { heard, random, rewrap, unwrap, wrapping } from "../../platform/sealing";
import { assert, makeCredential } from "../../platform/sensor";
import { provePin } from "./by-pin";
import { keep, keptHere, type Kept } from "./here";
import { asked, begin } from "./lock";

/**
 * Lets the device's sensor open it as well. The PIN is asked once more: it alone unwraps the data key in a form that can be
 * wrapped again. Gives false where the sensor cannot keep a secret for us.
 */
export async function useSensor(pin: string): Promise<boolean> {
  const { by } = await provePin(pin);
  const kept = keptHere();
  if (!kept) return false;
  const salt = random(32);
  const { nonce } = await challenge();
  const made = await makeCredential(nonce, appName(), salt).catch(() => null);
  if (!made) return false;
  const given = await addSensor({ nonce, ...made });
  const { secret } = await assert((await challenge()).nonce, made.id, salt).catch(() => ({ secret: null }));
  if (!secret) {
    await removeSensor();
    return false;
  }
  const wrapped = await rewrap(kept.wrapped, by, await wrapping(heard(given.share), secret));
  return change(kept.id, (now) => ({ ...now, sensor: { id: made.id, salt, wrapped } }));
}

export async function dropSensor(): Promise<void> {
  const kept = keptHere();
  if (!kept) return;
  await removeSensor();
  await change(kept.id, ({ sensor: _, ...rest }) => rest);
}

/** Changes what the device has of this lock as it is by now: another tab may have changed the PIN while the person was asked. */
async function change(id: string, make: (now: Kept) => Kept): Promise<boolean> {
  const now = keptHere();
  if (now?.id !== id) return false;
  await keep(make(now));
  return true;
}

/** Opens the app with the sensor. Raises what the server answers, and `sensor` where the person was not recognised. */
export async function unlockBySensor(): Promise<void> {
  const sensor = keptHere()?.sensor;
  if (!sensor) return;
  const { id, salt, wrapped } = sensor;
  const { nonce } = await asked(challenge);
  const { secret, ...assertion } = await assert(nonce, id, salt).catch(() => Promise.reject(new ApiError(0, "sensor", "")));
  const { share } = await asked(() => openBySensor({ nonce, ...assertion }));
  const key = secret && (await unwrap(wrapped, await wrapping(heard(share), secret)).catch(() => null));
  if (!key) throw new ApiError(0, "sensor", "");
  await begin(key, "taken up");
}
