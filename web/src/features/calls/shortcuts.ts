// The keys of a call: Alt with a letter. Where Alt makes another sign of it (the Option key of a Mac), the place of the key
// counts, but only where nobody types: no sign that somebody types does a deed.
import { useLayoutEffect } from "preact/hooks";
import type { Key } from "../../i18n/text";
import { canShareScreen } from "./engine/local";
import { ownTracks, share, toggle } from "./own-media";

export interface Deeds {
  readonly chat: () => void;
  readonly type: () => void;
  readonly list: () => void;
}

type Letter = "M" | "C" | "S" | "G" | "T" | "K";

export const SHORTCUTS: readonly { readonly letter: Letter; readonly keys: string; readonly label: Key }[] = [
  { letter: "M", keys: "Alt+M", label: "calls.keyMicrophone" },
  { letter: "C", keys: "Alt+C", label: "calls.keyCamera" },
  { letter: "S", keys: "Alt+S", label: "calls.keyScreen" },
  { letter: "G", keys: "Alt+G", label: "calls.keyChat" },
  { letter: "T", keys: "Alt+T", label: "calls.keyType" },
  { letter: "K", keys: "Alt+K", label: "calls.keyList" },
];

type Pressed = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "repeat" | "isComposing">;

/** Which shortcut was pressed, if any; `typing`: where the focus is, signs are typed. */
export function letterOf(event: Pressed, typing: boolean): Letter | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat || event.isComposing) return undefined;
  const isPlain = /^[a-z]$/i.test(event.key);
  if (!isPlain && typing) return undefined;
  const pressed = isPlain ? event.key.toUpperCase() : event.code.replace("Key", "");
  return SHORTCUTS.find(({ letter }) => letter === pressed)?.letter;
}

const TYPES_NOTHING = "[type=checkbox], [type=radio], [type=button], [type=submit], [type=file], [type=range]";

const isTyping = (at: EventTarget | null): boolean =>
  at instanceof HTMLElement && (at.isContentEditable || at.matches(`textarea, input:not(${TYPES_NOTHING})`));

function run(letter: Letter, deeds: Deeds | null): void {
  if (letter === "M") toggle("microphone");
  else if (letter === "C") toggle("camera");
  else if (!deeds) return;
  else if (letter === "S" && canShareScreen()) void share(!ownTracks.peek().screen);
  else if (letter === "G") deeds.chat();
  else if (letter === "T") deeds.type();
  else if (letter === "K") deeds.list();
}

/** Without deeds those of microphone and camera alone: before the call. */
export function useShortcuts(deeds: Deeds | null): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const letter = letterOf(event, isTyping(event.target));
      if (!letter || event.getModifierState("AltGraph")) return;
      event.preventDefault();
      run(letter, deeds);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
