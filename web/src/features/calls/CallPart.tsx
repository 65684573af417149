// All of a call but its first sight: the test of devices, the waiting room, the call itself, and, while one looks at something
// else in the app, the strip that leads back. As long as it stands in the page, the page is on its way to a call or in one.
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { titleOf } from "../../state/select";
import { CallScreen } from "./CallScreen";
import { ahead, callById, isShown, place } from "./calls";
import { Lobby } from "./Lobby";
import { enterRoom, leaveRoom } from "./room";
import { Spoken } from "./Spoken";
import { Strip } from "./Strip";
import { WaitingRoom } from "./WaitingRoom";
import "./room.css";

export function CallPart() {
  useEffect(() => {
    enterRoom();
    return leaveRoom;
  }, []);
  const now = place.value;
  if (!now) return null;
  return (
    <>
      {isShown() ? <Shown /> : now.phase !== "lobby" && <Strip />}
      <Spoken />
    </>
  );
}

function Shown() {
  const now = ahead.value ?? place.value;
  if (!now) return null;
  const held = state.value.conversations[now.conversation];
  const title = held ? titleOf(state.value, held) : "";
  const call = callById(now.call);
  return (
    <main class={now.phase === "in" && call ? "call-page live" : "call-page"} id="content" tabIndex={-1}>
      <h1 class="only-read">{t("calls.title")}</h1>
      {now.phase === "in" && call ? (
        <CallScreen call={call} held={held} title={title} />
      ) : now.phase === "waiting" && call ? (
        <WaitingRoom call={call} organisation={held?.organisation} />
      ) : (
        <Lobby key={now.conversation} here={now} title={title} call={call} organisation={held?.organisation} />
      )}
    </main>
  );
}
