// What a client sees on the page of an invitation, in the organisation's colour with its contrast already kept.
import { useEffect, useRef } from "preact/hooks";
import type { Look } from "../../api/console";
import { t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { nameOf } from "../../state/select";
import { brand } from "../../ui/brand";

export function InvitationPreview({ look }: { look: Look }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (frame.current) brand(look.accent, frame.current.style);
  }, [look.accent]);
  const me = state.value.me;
  const introduction = look.introductionNl || look.introductionEn;
  return (
    <section class="preview" aria-labelledby="preview">
      <h4 id="preview">{t("console.preview")}</h4>
      <div class="preview-frame" ref={frame}>
        {look.logo && <img class="logo-shown" src={look.logo} alt="" width={128} height={64} />}
        <p>{t("invitation.intro", { name: me ? nameOf(me) : "", organisation: look.name })}</p>
        {introduction && <p>{introduction}</p>}
        <p class="preview-button">{t("invitation.create")}</p>
      </div>
      <p class="hint">{t("console.previewText")}</p>
    </section>
  );
}
