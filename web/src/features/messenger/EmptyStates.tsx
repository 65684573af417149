// What stands where there is nothing yet: what will be there, and what to do now.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { isLoading, state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { Icon } from "../../ui/Icon";
import { WidePane } from "../../ui/WidePane";

export function NoConversation({ text }: { text: string }) {
  return (
    <div class="conversation none">
      {!isLoading.value && (
        <div class="empty">
          <Icon name="conversations" size={48} />
          <p>{text}</p>
          {!isStaff(state.value) && <p class="quiet">{t("notice.short")}</p>}
        </div>
      )}
    </div>
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
