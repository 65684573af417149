// Above the composer: the files that go with the message, each with how far it is, and messages that go by themselves when
// their files are whole.
import { MAX_FILES } from "../../api/protocol";
import { t } from "../../i18n/text";
import type { Held } from "../../state/state";
import { focusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { restore } from "../messages/composing";
import { groups } from "./shared";
import { again, cancel, goingNext, inTray, leaving, rulesIn, takeBack, uploads, type Leaving, type Upload } from "./uploads";
import { trayInWords } from "./tray-words";
import { fileSize, kindIcon } from "./words";

export function Tray({ held }: { held: Held }) {
  const chosen = inTray(held.id);
  const next = goingNext(held.id);
  const going = leaving.value.filter((one) => one.conversation === held.id);
  return (
    <>
      <p role="status" class="only-read">
        {trayInWords(uploads.value.filter((one) => one.conversation === held.id))}
      </p>
      {chosen.length + going.length > 0 && <Shown {...{ held, chosen, next, going }} />}
    </>
  );
}

interface ShownProps {
  readonly held: Held;
  readonly chosen: readonly Upload[];
  readonly next: readonly Upload[];
  readonly going: readonly Leaving[];
}

function Shown({ held, chosen, next, going }: ShownProps) {
  return (
    <div class="tray">
      {going.map((message) => (
        <Going key={message.key} message={message} />
      ))}
      {chosen.length > 0 && (
        <div class="tray-groups">
          {groups(chosen).map(({ asked, uploads: those }, _, all) => (
            <div key={asked ? `${asked.seq}-${asked.number}` : ""}>
              {asked && <p class="tray-for">{t("documents.for", { name: asked.name })}</p>}
              {!asked && all.length > 1 && <p class="tray-for">{t("documents.others")}</p>}
              <ul aria-label={asked ? t("documents.filesFor", { name: asked.name }) : t("files.chosen")}>
                {those.map((one) => (
                  <Chosen key={one.key} upload={one} fits={next.includes(one)} />
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
      {chosen.length > 0 && <Rules held={held} />}
    </div>
  );
}

/** What is allowed is said before it is tried. */
function Rules({ held }: { held: Held }) {
  const rules = rulesIn(held.id);
  if (!rules) return null;
  return (
    <p class="tray-rules">
      {t("files.most", { size: fileSize(rules.largest) })} {!rules.scanned && t("files.notScanned")}
    </p>
  );
}

function Chosen({ upload, fits }: { upload: Upload; fits: boolean }) {
  const { key, source, status, file, text } = upload;
  const name = source.name || t("files.kind.file");
  const isUnderWay = status === "sending" || status === "waiting";
  const remove = () => {
    const others = [...document.querySelectorAll<HTMLElement>("[data-upload]")].map((one) => one.dataset["upload"]);
    const place = others.indexOf(key);
    cancel(key);
    focusWhenLost(removerOf(others[place + 1]), removerOf(others[place - 1]), ".attach button");
  };
  const tryAgain = () => {
    again(key);
    focusWhenLost(removerOf(key));
  };
  return (
    <li class={text ? "chosen-file wrong" : "chosen-file"} data-upload={key}>
      <Icon name={source.type.startsWith("image/") ? "picture" : kindIcon(file?.kind)} size={20} />
      <div class="chosen-words">
        <p class="chosen-name">{name}</p>
        <p class="chosen-state">
          {text || (fits ? <State upload={upload} /> : t("files.tooMany", { most: MAX_FILES }))}
        </p>
        {isUnderWay && <progress max={source.size} value={upload.sent} aria-label={t("files.progress", { name })} />}
      </div>
      {status === "failed" && source.size > 0 && (
        <button type="button" class="button small" onClick={tryAgain}>
          {t("messages.again")}
        </button>
      )}
      <button type="button" class="icon-button" onClick={remove}>
        <Icon name="close" size={18} />
        <span class="only-read">{t("files.remove", { name })}</span>
      </button>
    </li>
  );
}

const removerOf = (key = ""): string => `[data-upload="${key}"] .icon-button`;

function State({ upload }: { upload: Upload }) {
  const { status, sent, source, file, obstacle } = upload;
  const size = fileSize(source.size);
  if (status === "waiting") return <>{obstacle || t("files.waits", { size })}</>;
  if (status === "sending") return <>{t("files.sending", { part: Math.floor((100 * sent) / source.size), size })}</>;
  return <>{file?.state === "checking" ? t("files.checkingOwn", { size }) : t("files.isReady", { size })}</>;
}

function Going({ message }: { message: Leaving }) {
  const { body, replyTo, answers } = message.content;
  const those = uploads.value.filter((one) => message.uploads.includes(one.key));
  const size = those.reduce((sum, one) => sum + one.source.size, 0);
  const sent = those.reduce((sum, one) => sum + (one.status === "whole" ? one.source.size : one.sent), 0);
  const wrong = those.find((one) => one.text);
  const obstacle = those.find((one) => one.obstacle)?.obstacle ?? "";
  const back = () => {
    takeBack(message.key);
    // A document's files know themselves which message they answer.
    restore(message.conversation, body, answers ? null : replyTo);
  };
  return (
    <div class={wrong ? "going wrong" : "going"}>
      <Icon name={wrong ? "warning" : "pending"} size={20} />
      <div class="chosen-words">
        <p>{wrong ? `${wrong.source.name}: ${wrong.text}` : `${t("files.goesWhenWhole")} ${obstacle}`}</p>
        {!wrong && <progress max={size} value={sent} aria-label={t("files.goesWhenWhole")} />}
      </div>
      <button type="button" class="button small" onClick={back}>
        {t("files.takeBack")}
      </button>
    </div>
  );
}
