// The two agreements an account needs, each with its text in a new tab so that nothing typed is lost.
import { useId } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { Icon } from "../../ui/Icon";

type Kind = "terms" | "privacy";
type Agreed = Readonly<Record<Kind, boolean>>;

interface Props {
  readonly agreed: Agreed;
  readonly onAgree: (agreed: Agreed) => void;
  readonly wrong: (kind: Kind) => boolean;
}

const KINDS: readonly { readonly kind: Kind; readonly path: string; readonly accept: Key; readonly name: Key }[] = [
  { kind: "terms", path: "/voorwaarden", accept: "register.acceptTerms", name: "register.terms" },
  { kind: "privacy", path: "/privacy", accept: "register.acceptPrivacy", name: "register.privacy" },
];

export function Consent({ agreed, onAgree, wrong }: Props) {
  const id = useId();
  return (
    <>
      {KINDS.map(({ kind, path, accept, name }) => (
        <div class="field" key={kind}>
          <div class="check">
            <input
              type="checkbox"
              id={`${id}-${kind}`}
              name={kind}
              required
              checked={agreed[kind]}
              onChange={(event) => onAgree({ ...agreed, [kind]: event.currentTarget.checked })}
              aria-invalid={wrong(kind) || undefined}
              aria-describedby={wrong(kind) ? `${id}-${kind}-error` : undefined}
            />
            <span class="consent">
              <label htmlFor={`${id}-${kind}`}>{t(accept)}</label>
              <a href={path} target="_blank" rel="noopener">
                {t(name)}
                <span class="only-read"> {t("register.newTab")}</span>
              </a>
            </span>
          </div>
          {wrong(kind) && (
            <p class="error" id={`${id}-${kind}-error`}>
              <Icon name="warning" size={20} />
              {t("register.mustAccept")}
            </p>
          )}
        </div>
      ))}
    </>
  );
}
