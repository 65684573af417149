// Putting the app among the device's own apps. Some browsers offer it and hand over their question, to be asked when the
// person presses our button; on others the person does it by the browser's menu.
import { signal } from "@preact/signals";

interface Offer extends Event {
  prompt(): Promise<unknown>;
}

/** The browser's question, while it can be asked. */
export const offer = signal<Offer | null>(null);

/** Runs as an app of its own. */
export const isInstalled = (): boolean =>
  matchMedia("(display-mode: standalone)").matches || ("standalone" in navigator && navigator.standalone === true);

export function watchInstalling(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event as Offer;
  });
  addEventListener("appinstalled", () => (offer.value = null));
}

/** Asks once; a browser takes each offer one time. */
export async function install(): Promise<void> {
  const asked = offer.peek();
  offer.value = null;
  await asked?.prompt();
}
