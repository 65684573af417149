// The logo: chosen from a file, made small and plain by the server, and shown as it came back.
import { useRef } from "preact/hooks";
import { ApiError } from "../../api/http";
import { MOST_LOGO, saveLogo } from "../../api/console";
import { t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useSubmit } from "../../ui/submit";

export function LogoField({ logo, onChange }: { logo: string; onChange: (logo: string) => void }) {
  const file = useRef<Blob>(new Blob());
  const form = useSubmit(async () => {
    if (file.current.size > MOST_LOGO) throw new ApiError(400, "logo_too_large", t("console.logoTooLarge"));
    onChange((await saveLogo(file.current)).logo);
  });
  const send = (chosen: Blob) => {
    file.current = chosen;
    form.submit();
  };
  const refused = form.wrong("logo");
  return (
    <div class="field">
      <p class="label">{t("console.logo")}</p>
      {logo && <img class="logo-shown" src={logo} alt={t("console.logoNow")} width={128} height={64} />}
      <div class="actions">
        <label class="button file-button">
          <Icon name="files" size={20} />
          {t("console.logoChoose")}
          <input
            class="only-read"
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={(event) => event.currentTarget.files?.[0] && send(event.currentTarget.files[0])}
          />
        </label>
        {logo && (
          <button type="button" class="button" onClick={() => send(new Blob())} aria-disabled={form.busy}>
            {t("console.logoRemove")}
          </button>
        )}
      </div>
      <p class="hint">{t("console.logoHint")}</p>
      {refused ? (
        <p class="error" role="alert">
          <Icon name="warning" size={20} />
          {refused.text}
        </p>
      ) : (
        <FormError error={form.error} />
      )}
    </div>
  );
}
