// Whether a member of staff is at work in this moment: a dot, and the word for it.
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";

export function Here({ person, worded = false }: { person: string | undefined; worded?: boolean }) {
  if (!person || !state.value.present.includes(person)) return null;
  return (
    <>
      <span class="here-dot" aria-hidden="true" />
      <span class={worded ? "here-word" : "only-read"}> {t("presence.here")}</span>
    </>
  );
}
