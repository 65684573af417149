// What stands where there is nothing yet: what will be there, and what to do now.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { Icon, type IconName } from "../../ui/Icon";
import { WidePane } from "../../ui/WidePane";

export function NoConversation({ text }: { text: string }) {
  return (
    <div class="conversation none">
      <div class="empty">
        <Icon name="conversations" size={48} />
        <p>{text}</p>
        {!isStaff(state.value) && <p class="quiet">{t("notice.short")}</p>}
      </div>
    </div>
  );
}

interface NotYetProps {
  readonly title: string;
  readonly icon: IconName;
  readonly head: string;
  readonly text: string;
}

export function NotYet({ title, icon, head, text }: NotYetProps) {
  return (
    <WidePane title={title}>
      <div class="empty">
        <Icon name={icon} size={48} />
        <h3>{head}</h3>
        <p>{text}</p>
      </div>
    </WidePane>
  );
}

export function NotFound() {
  return (
    <WidePane title={t("notFound.title")}>
      <p class="wide-actions">{t("notFound.text")}</p>
      <a class="button primary" href="/" onClick={follow}>
        {t("conversation.toList")}
      </a>
    </WidePane>
  );
}
