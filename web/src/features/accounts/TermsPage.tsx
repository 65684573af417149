// What the person agrees to, as the server has it.
import { useEffect, useState } from "preact/hooks";
import { loadTerms, type Terms } from "../../api/accounts";
import { ApiError } from "../../api/http";
import { language, t } from "../../i18n/text";
import { FormError } from "../../ui/FormError";
import { Page } from "./Page";

export function TermsPage({ kind }: { kind: Terms["kind"] }) {
  const [terms, setTerms] = useState<Terms | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const spoken = language.value;
  useEffect(() => {
    loadTerms().then(
      (all) => setTerms(all.find((one) => one.kind === kind) ?? null),
      (cause: unknown) => setError(cause instanceof ApiError ? cause : null),
    );
  }, [kind, spoken]);
  return (
    <Page wide title={terms?.title ?? t(kind === "terms" ? "terms.terms" : "terms.privacy")}>
      <FormError error={error} />
      {!terms && !error && <span class="skeleton form-skeleton" />}
      {terms?.paragraphs.map((paragraph, i) => <p key={i}>{paragraph}</p>)}
      {terms && <p class="quiet">{t("terms.version", { version: terms.version })}</p>}
    </Page>
  );
}
