// The files of a message: pictures as pictures, sound to be played, all else as a card. What is not checked yet, or was
// refused, says so and opens nothing.
import { savedAs, smallOf } from "../../api/files";
import type { SharedFile } from "../../api/protocol";
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { previewOf, reasonOf } from "./uploads";
import { isViewable, view } from "./viewing";
import { VoicePlayer } from "./VoicePlayer";
import { fileSize, isVoice, kindIcon, kindName } from "./words";

interface Props {
  readonly conversation: string;
  readonly files: readonly SharedFile[];
}

export function FileCards({ conversation, files }: Props) {
  const seen = (file: SharedFile) => file.kind === "picture" && (file.state === "ready" || previewOf(file.id) !== undefined);
  const pictures = files.filter(seen);
  const others = files.filter((file) => !seen(file));
  return (
    <>
      {pictures.length > 0 && (
        <ul class={pictures.length > 1 ? "pictures many" : "pictures"}>
          {pictures.map((file) => (
            <Picture key={file.id} conversation={conversation} file={file} alone={pictures.length === 1} />
          ))}
        </ul>
      )}
      {others.map((file) => (
        <FileCard key={file.id} conversation={conversation} file={file} />
      ))}
    </>
  );
}

const WIDEST = 320;
const HIGHEST = 360;

function Picture({ conversation, file, alone }: { conversation: string; file: SharedFile; alone: boolean }) {
  const [width, height] = fitted(file);
  const checking = file.state !== "ready";
  const source = previewOf(file.id) ?? smallOf(file.id);
  return (
    <li>
      <button
        type="button"
        class="picture"
        disabled={checking}
        onClick={() => view({ conversation, file: file.id })}
      >
        <img src={source} alt={t("files.pictureNamed", { name: file.name ?? "" })} {...(alone && { width, height })} />
        {checking && <span class="picture-state">{t("files.checking")}</span>}
      </button>
    </li>
  );
}

/** Known before the picture is there, so that nothing moves when it comes. */
function fitted({ width = 0, height = 0 }: SharedFile): readonly [number, number] {
  if (!width || !height) return [WIDEST, (WIDEST * 3) / 4];
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return [Math.round(width * scale), Math.round(height * scale)];
}

function FileCard({ conversation, file }: { conversation: string; file: SharedFile }) {
  if (file.state === "refused") return <Without icon="warning" name={file.name} words={reasonOf(file)} wrong />;
  if (file.state === "checking") return <Without icon="pending" name={file.name} words={t("files.checking")} />;
  if (isVoice(file)) return <Voice file={file} />;
  const name = file.name ?? "";
  const about = `${kindName(file.kind)} · ${fileSize(file.size ?? 0)}`;
  const looked = isViewable(file) && file.small === true;
  return (
    <div class="file-card">
      {looked && (
        <button type="button" class="first-page" onClick={() => view({ conversation, file: file.id })}>
          <img src={smallOf(file.id)} alt={t("files.firstPage", { name })} loading="lazy" />
        </button>
      )}
      <div class="file-line">
        <Icon name={kindIcon(file.kind)} size={24} />
        <div class="file-words">
          <p class="file-name">{name}</p>
          <p class="file-about">{about}</p>
        </div>
        <a class="icon-button" href={savedAs(file.id)} download={name} title={t("files.download")}>
          <Icon name="download" size={20} />
          <span class="only-read">{t("files.downloadNamed", { name })}</span>
        </a>
      </div>
      {file.kind === "audio" && <VoicePlayer file={file} />}
    </div>
  );
}

function Voice({ file }: { file: SharedFile }) {
  return (
    <div class="file-card">
      <VoicePlayer file={file} />
    </div>
  );
}

interface WithoutProps {
  readonly icon: "pending" | "warning";
  readonly name: string | undefined;
  readonly words: string;
  readonly wrong?: boolean;
}

function Without({ icon, name, words, wrong = false }: WithoutProps) {
  return (
    <div class={wrong ? "file-card refused" : "file-card"}>
      <div class="file-line">
        <Icon name={icon} size={24} />
        <div class="file-words">
          {name && <p class="file-name">{name}</p>}
          <p class="file-about">{words}</p>
        </div>
      </div>
    </div>
  );
}
