// Above the composer: the files that go with the message, each with how far it is, and messages that go by themselves when
// their files are whole.
import { MAX_FILES } from "../../api/protocol";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import type { Held } from "../../state/state";
import { Icon } from "../../ui/Icon";
import { restore } from "../messages/composing";
import { groups } from "./shared";
import { again, cancel, goingNext, inTray, leaving, takeBack, uploads, type Leaving, type Upload } from "./uploads";
import { fileSize, kindIcon } from "./words";

export function Tray({ held }: { held: Held }) {
  const chosen = inTray(held.id);
  const next = goingNext(held.id);
  const going = leaving.value.filter((one) => one.conversation === held.id);
  if (chosen.length + going.length === 0) return null;
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
  const rules = state.value.organisations.find((one) => one.id === held.organisation)?.files;
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
  return (
    <li class={text ? "chosen-file wrong" : "chosen-file"}>
      <Icon name={source.type.startsWith("image/") ? "picture" : kindIcon(file?.kind)} size={20} />
      <div class="chosen-words">
        <p class="chosen-name">{name}</p>
        <p class="chosen-state" role={text ? "alert" : undefined}>
          {text || (fits ? <State upload={upload} /> : t("files.tooMany", { most: MAX_FILES }))}
        </p>
        {(status === "sending" || status === "waiting") && <progress max={source.size} value={upload.sent} aria-label={t("files.progress", { name })} />}
      </div>
      {status === "failed" && source.size > 0 && (
        <button type="button" class="button small" onClick={() => again(key)}>
          {t("messages.again")}
        </button>
      )}
      <button type="button" class="icon-button" onClick={() => cancel(key)}>
        <Icon name="close" size={18} />
        <span class="only-read">{t("files.remove", { name })}</span>
      </button>
    </li>
  );
}

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
    <div class={wrong ? "going wrong" : "going"} role={wrong ? "alert" : "status"}>
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
