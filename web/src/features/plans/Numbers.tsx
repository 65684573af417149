// Whom to call now: 112, the organisations' own numbers where they have any, and the general practitioner. All of it is
// there before anything is loaded, and without a line.
import type { Organisation } from "../../api/protocol";
import { language, t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { Icon } from "../../ui/Icon";
import { calling } from "../organisations/EmergencyNotice";
import { noticeOf } from "../organisations/answering";
import { Call } from "./Call";

export function Numbers({ organisations }: { organisations: readonly Organisation[] }) {
  const notices = organisations.map((one) => noticeOf(state.value, one.id)).filter((one) => one !== undefined);
  return (
    <section class="numbers" aria-labelledby="numbers-title">
      <h3 id="numbers-title">{t("need.call")}</h3>
      <ul class="calls">
        <li>
          <Call name={t("need.danger")} number="112" />
        </li>
        {notices.flatMap((notice) =>
          (notice.phones ?? []).map(({ name, number }) => (
            <li key={notice.organisation + number}>
              <Call name={name} number={number} />
            </li>
          )),
        )}
      </ul>
      <p class="with-icon">
        <Icon name="phone" size={20} />
        <span>{t("need.doctor")}</span>
      </p>
      {notices.map((notice) => notice[language.value] && <p key={notice.organisation}>{calling(notice[language.value] ?? "")}</p>)}
    </section>
  );
}
