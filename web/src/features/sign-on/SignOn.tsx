// The way in through one's organisation: one button where there is one such organisation, and a list behind a button
// where there are several. It leaves the app for the organisation's own page, and comes back signed in.
import { useEffect, useState } from "preact/hooks";
import { beginSignOn, loadSignOns, type SignOnOrganisation } from "../../api/sign-on";
import { t } from "../../i18n/text";
import { useFocusAtFirst } from "../../ui/focus";
import { FormError } from "../../ui/FormError";
import { useSubmit } from "../../ui/submit";

export function SignOn() {
  const [found, setFound] = useState<readonly SignOnOrganisation[]>([]);
  const [open, setOpen] = useState(false);
  useEffect(() => void loadSignOns().then(setFound, () => {}), []);
  if (found.length === 0) return null;
  if (found.length > 1 && !open)
    return (
      <button type="button" class="button wide" onClick={() => setOpen(true)}>
        {t("signOn.choose")}
      </button>
    );
  return found.length > 1 ? <Several of={found} /> : <>{found.map((one) => <Go key={one.id} to={one} label={t("signOn.with", { name: one.name })} />)}</>;
}

function Several({ of }: { of: readonly SignOnOrganisation[] }) {
  const first = useFocusAtFirst<HTMLParagraphElement>();
  return (
    <div class="form">
      <p tabIndex={-1} ref={first}>
        {t("signOn.which")}
      </p>
      {of.map((one) => (
        <Go key={one.id} to={one} label={one.name} />
      ))}
    </div>
  );
}

function Go({ to, label }: { to: SignOnOrganisation; label: string }) {
  const { busy, error, submit } = useSubmit(async () => {
    location.assign((await beginSignOn(to.id)).location);
  });
  return (
    <>
      <FormError error={error} />
      <button type="button" class="button wide" onClick={() => submit()} aria-disabled={busy}>
        {label}
      </button>
    </>
  );
}
