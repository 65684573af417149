// The deeds of a call, in one row that a thumb reaches: microphone, camera, screen, conversation, what one types, the rest,
// and the red telephone.
import { useRef } from "preact/hooks";
import type { Call } from "../../api/protocol";
import { plural, t, type Key } from "../../i18n/text";
import { session, state } from "../../realtime/store";
import { mayStartCall, unreadIn } from "../../state/select";
import { ActionMenu, type Action } from "../../ui/ActionMenu";
import { Icon, type IconName } from "../../ui/Icon";
import type { Beside } from "./beside";
import { hangUp, own } from "./calls";
import { canShareScreen } from "./engine/local";
import { blurred, ownTracks, setBlur, share, turnCamera, turnMicrophone } from "./own-media";
import { canPicture, picture } from "./picture-in-picture";
import { layout } from "./Stage";

interface Props {
  readonly call: Call;
  readonly chat: boolean;
  readonly onChat: (open: boolean) => void;
  readonly typing: boolean;
  readonly onTyping: (open: boolean) => void;
  readonly onBeside: (beside: Beside) => void;
}

export function Controls({ call, chat, onChat, typing, onTyping, onBeside }: Props) {
  const more = useRef<HTMLButtonElement>(null);
  const { microphone, camera, screen } = ownTracks.value;
  const hears = microphone !== undefined && own.value.microphone;
  const unread = chat ? 0 : unreadOf(call);
  return (
    <div class="call-controls" role="group" aria-label={t("calls.controls")}>
      <Toggle icon={hears ? "microphone" : "microphone-off"} label="calls.microphone" on={hears} keys="Alt+M" run={() => void turnMicrophone(!hears)} marked />
      <Toggle icon={camera ? "video" : "video-off"} label="calls.camera" on={camera !== undefined} keys="Alt+C" run={() => void turnCamera(!camera)} marked />
      {canShareScreen() && (
        <Toggle icon="screen" label={screen ? "calls.stopScreen" : "calls.screen"} on={screen !== undefined} keys="Alt+S" run={() => void share(!screen)} look="roomy" />
      )}
      <Toggle icon="conversations" label="calls.chat" on={chat} keys="Alt+G" run={() => onChat(!chat)} chat count={unread} />
      <span class="only-read" role="status">
        {unread > 0 && plural("menu.unread", unread)}
      </span>
      <Toggle icon="keyboard" label="calls.type" on={typing} keys="Alt+T" run={() => onTyping(!typing)} look="roomy" />
      <div class="call-more">
        <ActionMenu label={t("calls.more")} describedBy="call-title" button={more} stop actions={actions(call, onBeside, () => onTyping(!typing))} />
        <span aria-hidden="true">{t("calls.more")}</span>
      </div>
      <button type="button" class="call-control hang-up" onClick={hangUp}>
        <Icon name="hang-up" size={26} />
        <span>{t("calls.hangUp")}</span>
      </button>
    </div>
  );
}

interface ToggleProps {
  readonly icon: IconName;
  readonly label: Key;
  readonly on: boolean;
  readonly keys: string;
  readonly run: () => void;
  /** What is off is told in a word as well. */
  readonly marked?: boolean;
  readonly look?: string;
  /** Takes the focus when what it opened is closed. */
  readonly chat?: boolean;
  readonly count?: number;
}

export function Toggle({ icon, label, on, keys, run, marked = false, look = "", chat, count = 0 }: ToggleProps) {
  return (
    <button
      type="button"
      class={`call-control ${look}${marked && !on ? " off" : ""}`}
      data-chat={chat}
      aria-pressed={on}
      aria-keyshortcuts={keys}
      title={t("calls.byKeys", { what: t(label), keys })}
      onClick={run}
    >
      <Icon name={icon} size={24} />
      <span>
        {t(label)}
        {marked && !on && <span class="off-word"> {t("calls.off")}</span>}
      </span>
      {count > 0 && (
        <span class="badge" aria-hidden="true">
          {count > 99 ? "99+" : count}
        </span>
      )}
    </button>
  );
}

/** What others wrote in the conversation and this person has not read yet. */
function unreadOf({ conversation }: Call): number {
  const { state: known, read } = session.value;
  const held = known.conversations[conversation];
  return held ? unreadIn(known, held, read[conversation]) : 0;
}

/** Where there is little room, what stands in the row elsewhere stands in the menu. */
const isNarrow = () => matchMedia("(max-width: 46rem), (max-height: 30rem)").matches;

function actions(call: Call, onBeside: (beside: Beside) => void, onType: () => void): readonly Action[] {
  const grid = layout.value === "grid";
  const { screen } = ownTracks.value;
  const held = state.value.conversations[call.conversation];
  const blurs = blurred.value;
  const action = (key: string, label: Key, icon: IconName, run: () => void): Action => ({ key, label: t(label), icon, run });
  return [
    action("layout", grid ? "calls.bySpeaker" : "calls.byGrid", grid ? "speaker" : "grid", () => (layout.value = grid ? "speaker" : "grid")),
    ...(isNarrow() ? [action("type", "calls.type", "keyboard", onType)] : []),
    ...(isNarrow() && canShareScreen() ? [action("screen", screen ? "calls.stopScreen" : "calls.screen", "screen", () => void share(!screen))] : []),
    ...(canPicture() ? [action("picture", "calls.picture", "picture-in-picture", () => void picture())] : []),
    ...(blurs === null ? [] : [action("blur", blurs ? "calls.noBlur" : "calls.blur", "contacts", () => void setBlur(!blurs))]),
    action("devices", "calls.devices", "settings", () => onBeside("devices")),
    action("shortcuts", "calls.shortcuts", "keyboard", () => onBeside("shortcuts")),
    ...(held && mayStartCall(state.value, held) ? [action("end", "calls.endForAll", "hang-up", () => onBeside("end"))] : []),
  ];
}
