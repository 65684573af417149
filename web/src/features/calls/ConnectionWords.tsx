// How good the connection is, in words: of all connections the worst. Without a line to the server pictures and sound may go
// on, but nobody can come in.
import { t, type Key } from "../../i18n/text";
import type { Quality } from "./engine/quality";
import { Icon } from "../../ui/Icon";
import { useLineGone } from "../messenger/LineState";
import { links, qualities } from "./remotes";

const WORDS: Readonly<Record<Quality, Key>> = {
  good: "calls.qualityGood",
  loss: "calls.qualityLoss",
  delay: "calls.qualityDelay",
  frames: "calls.qualityFrames",
};
const WORST: readonly Quality[] = ["loss", "frames", "delay", "good"];

export function ConnectionWords() {
  const all = [...qualities.value.values()];
  const broken = [...links.value.values()].includes("broken");
  const worst = WORST.find((one) => all.includes(one));
  const gone = useLineGone();
  const words: Key | null = gone ? "calls.lineGone" : broken ? "calls.connectingAgain" : worst ? WORDS[worst] : null;
  const weak = gone || broken || (worst !== undefined && worst !== "good");
  return (
    <p class={weak ? "connection weak" : "connection"} role="status">
      {weak && <Icon name="weak" size={18} />}
      {words && t(words)}
    </p>
  );
}
