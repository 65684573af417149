// The way to the help in need where a telephone shows no menu. Until it is known who signed in it is there for everybody.
import { t } from "../../i18n/text";
import { follow } from "../../platform/router";
import { state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { Icon } from "../../ui/Icon";

export function NeedLink() {
  if (isStaff(state.value)) return null;
  return (
    <a class="head-link need-link" href="/hulp-bij-nood" onClick={follow}>
      <Icon name="help" size={24} />
      {t("menu.need")}
    </a>
  );
}
