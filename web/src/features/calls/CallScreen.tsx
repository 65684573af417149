// The call: who is in it, what they type, the conversation beside it, and the deeds below. Everything goes by keyboard; what
// goes by a key has Alt with it, so that no letter of somebody who types, or speaks to their device, does a deed.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../../api/protocol";
import { t } from "../../i18n/text";
import type { Held } from "../../state/state";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import type { Beside } from "./beside";
import { hide } from "./calls";
import { Chat } from "./Chat";
import { Controls } from "./Controls";
import { DeviceDialog } from "./DeviceDialog";
import { EndDialog } from "./EndDialog";
import { isHeldBack, letSound } from "./hearing";
import { Knocking } from "./Knocking";
import { ConnectionWords } from "./ConnectionWords";
import { ShortcutDialog } from "./ShortcutDialog";
import { useShortcuts } from "./shortcuts";
import { Stage } from "./Stage";
import { Troubles } from "./Troubles";
import { TypedText } from "./TypedText";


export function CallScreen({ call, held, title }: { call: Call; held: Held | undefined; title: string }) {
  const [chat, setChat] = useState(false);
  const [typing, setTyping] = useState(false);
  const [beside, setBeside] = useState<Beside>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const closeChat = () => {
    setChat(false);
    focusWhenLost("[data-chat]");
  };
  useShortcuts({ chat: () => setChat((open) => !open), type: () => setTyping((open) => !open), list: () => setBeside("shortcuts") });
  return (
    <>
      <header class="call-head">
        <h2 id="call-title" tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <ConnectionWords />
        <button type="button" class="call-deed" title={t("calls.shrinkHint")} onClick={hide}>
          <Icon name="shrink" size={22} />
          <span>{t("calls.shrink")}</span>
        </button>
      </header>
      <Knocking call={call} />
      <Troubles />
      {isHeldBack.value && (
        <p class="call-notice">
          {t("calls.heldBack")}
          <button type="button" class="button small" onClick={letSound}>
            {t("calls.letSound")}
          </button>
        </p>
      )}
      <div class={chat ? "call-body with-chat" : "call-body"}>
        <Stage call={call} />
        {chat && held && <Chat held={held} onClose={closeChat} />}
      </div>
      <TypedText call={call} open={typing} />
      <Controls call={call} chat={chat} onChat={setChat} typing={typing} onTyping={setTyping} onBeside={setBeside} />
      {beside === "devices" && <DeviceDialog call={call} onClose={() => setBeside(null)} />}
      {beside === "shortcuts" && <ShortcutDialog onClose={() => setBeside(null)} />}
      {beside === "end" && <EndDialog call={call} onClose={() => setBeside(null)} />}
    </>
  );
}
