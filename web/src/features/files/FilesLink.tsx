// The way from a conversation to its files.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { Icon } from "../../ui/Icon";
import { ALL, toAddress } from "./filters";

export function FilesLink({ conversation }: { conversation: string }) {
  const words = t("files.ofConversation");
  return (
    <a class="icon-button" href={toAddress({ ...ALL, conversation })} onClick={follow} title={words}>
      <Icon name="files" size={22} />
      <span class="only-read">{words}</span>
    </a>
  );
}
