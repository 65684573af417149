// How client support is reached by who cannot sign in, where the host of the installation gives a way.
import { useEffect, useState } from "preact/hooks";
import { loadSession, type Session } from "../../api/http";
import { t } from "../../i18n/text";

export function SupportLine({ otherwise = "" }: { otherwise?: string }) {
  const [support, setSupport] = useState<Session["support"] | null>(null);
  useEffect(() => void loadSession().then((session) => setSupport(session.support), () => {}), []);
  if (!support?.phone && !support?.mail) return otherwise && <p>{otherwise}</p>;
  const { phone, mail } = support;
  const dialled = phone.replace("(0)", "").replace(/[^+\d]/g, "");
  return (
    <p>
      {t("help.support")} {phone && <a href={`tel:${dialled}`}>{phone.replaceAll(" ", "\u00a0")}</a>}
      {phone && mail && ` ${t("help.or")} `}
      {mail && <a href={`mailto:${mail}`}>{mail}</a>}
    </p>
  );
}
