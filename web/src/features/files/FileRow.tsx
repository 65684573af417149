// A file in the list: what it is, from whom, when and where it was sent, and what can be done with it.
import { savedAs, smallOf, type Listed } from "../../api/files";
import type { Person } from "../../api/protocol";
import { t } from "../../i18n/text";
import { fullTime, shortTime } from "../../i18n/time";
import { state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";
import { conversationName } from "./FileFilters";
import { isViewable, toMessage } from "./viewing";
import { VoicePlayer } from "./VoicePlayer";
import { whoSent } from "./who";
import { durationOf, fileSize, isVoice, kindIcon, kindName } from "./words";

interface Props {
  readonly listed: Listed;
  readonly people: readonly Person[];
  /** Whether it says in which conversation it stands. */
  readonly placed: boolean;
  readonly open: (listed: Listed) => void;
}

export function FileRow({ listed, people, placed, open }: Props) {
  const { file } = listed;
  const name = shownName(listed);
  const about = `${kindName(file.kind)} · ${fileSize(file.size ?? 0)}`;
  const who = whoSent(listed, people);
  // A conversation of two is called as the other: who sent it need not be said twice.
  const place = conversationName(state.value, listed.conversation);
  const words = (
    <>
      <Thumb listed={listed} />
      <span class="file-words">
        <span class="file-name">{name}</span>
        <span class="file-about">{about}</span>
        <span class="file-about">
          {who} · <When at={listed.at} />
          {placed && place !== who && ` · ${place}`}
        </span>
      </span>
    </>
  );
  return (
    <li class="file-row">
      {isViewable(file) ? (
        <button type="button" class="file-open" onClick={() => open(listed)}>
          {words}
        </button>
      ) : (
        <div class="file-open">{words}</div>
      )}
      <span class="file-deeds">
        <button type="button" class="icon-button" title={t("files.toMessage")} onClick={() => toMessage(listed)}>
          <Icon name="message" size={20} />
          <span class="only-read">{t("files.toMessageOf", { name })}</span>
        </button>
        <a class="icon-button" href={savedAs(file.id)} download={file.name ?? ""} title={t("files.download")}>
          <Icon name="download" size={20} />
          <span class="only-read">{t("files.downloadNamed", { name })}</span>
        </a>
      </span>
      {file.kind === "audio" && <VoicePlayer file={file} />}
    </li>
  );
}

export function PictureTile({ listed, people, open }: Props) {
  const { file } = listed;
  return (
    <li>
      <button type="button" class="tile" onClick={() => open(listed)}>
        <img src={smallOf(file.id)} alt={t("files.pictureNamed", { name: file.name ?? "" })} loading="lazy" width={160} height={160} />
        <span class="file-about">
          {whoSent(listed, people)} · <When at={listed.at} />
        </span>
      </button>
    </li>
  );
}

function Thumb({ listed: { file } }: { listed: Listed }) {
  if (!file.small)
    return (
      <span class="thumb">
        <Icon name={kindIcon(file.kind)} size={26} />
      </span>
    );
  return <img class="thumb" src={smallOf(file.id)} alt="" loading="lazy" width={56} height={56} />;
}

function When({ at }: { at: string }) {
  const then = new Date(at);
  return (
    <time dateTime={at} title={fullTime(then)}>
      {shortTime(then, new Date())}
    </time>
  );
}

const shownName = ({ file }: Listed): string =>
  isVoice(file) ? t("files.voice", { duration: durationOf(file.duration ?? 0) }) : (file.name ?? kindName(file.kind));
