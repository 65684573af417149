// Under which name and icon the app shows on this device: its own, or a neutral one for who does not want others to see
// what it is. An app that is installed keeps what it had; only installing anew changes it.
import { effect, signal } from "@preact/signals";
import { keep, kept } from "./preferences";

export const LOOKS = ["app", "neutral"] as const;
export type Look = (typeof LOOKS)[number];
export const look = signal<Look>(kept("look", LOOKS, "app"));

const NAMES: Readonly<Record<Look, string>> = { app: "Zorg Messenger", neutral: "Berichten" };
const COLOURS: Readonly<Record<Look, string>> = { app: "#0b6b3a", neutral: "#41546b" };

/** What stands in the window's title and under the icon. */
export const appName = (): string => NAMES[look.value];

export function followLook(): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? "";
  effect(() => {
    const chosen = look.value;
    keep("look", chosen);
    set('link[rel="manifest"]', "href", `/${chosen}.webmanifest`);
    set('link[rel="apple-touch-icon"]', "href", `/icons/${chosen}-touch.png`);
    set('link[rel="icon"]', "href", chosen === "app" ? icon : `/icons/${chosen}-192.png`);
    set('meta[name="apple-mobile-web-app-title"]', "content", NAMES[chosen]);
    set('meta[name="theme-color"]', "content", COLOURS[chosen]);
  });
}

function set(selector: string, name: string, value: string): void {
  const element = document.querySelector(selector);
  if (element?.getAttribute(name) !== value) element?.setAttribute(name, value);
}
