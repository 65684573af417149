// The keys of a call. By the place of the key and not by its letter, which Alt changes on some keyboards.
import { useEffect } from "preact/hooks";
import type { Key } from "../../i18n/text";
import { own } from "./calls";
import { canShareScreen } from "./engine/local";
import { ownTracks, share, turnCamera, turnMicrophone } from "./own-media";

export interface Deeds {
  readonly chat: () => void;
  readonly type: () => void;
  readonly list: () => void;
}

export const SHORTCUTS: readonly { readonly code: string; readonly keys: string; readonly label: Key }[] = [
  { code: "KeyM", keys: "Alt+M", label: "calls.keyMicrophone" },
  { code: "KeyC", keys: "Alt+C", label: "calls.keyCamera" },
  { code: "KeyS", keys: "Alt+S", label: "calls.keyScreen" },
  { code: "KeyG", keys: "Alt+G", label: "calls.keyChat" },
  { code: "KeyT", keys: "Alt+T", label: "calls.keyType" },
  { code: "KeyK", keys: "Alt+K", label: "calls.keyList" },
];

function run(code: string, deeds: Deeds | null): void {
  const { microphone, camera, screen } = ownTracks.peek();
  if (code === "KeyM") void turnMicrophone(!(microphone && own.peek().microphone));
  else if (code === "KeyC") void turnCamera(!camera);
  else if (!deeds) return;
  else if (code === "KeyS" && canShareScreen()) void share(!screen);
  else if (code === "KeyG") deeds.chat();
  else if (code === "KeyT") deeds.type();
  else if (code === "KeyK") deeds.list();
}

/** Without deeds those of microphone and camera alone: before the call. */
export function useShortcuts(deeds: Deeds | null): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
      if (!SHORTCUTS.some(({ code }) => code === event.code)) return;
      event.preventDefault();
      run(event.code, deeds);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
