// The frame of every page outside the messenger: the name of the product, the language, the page, and the small print.
// Who comes here by what is gone now (a link, a step, signing out) is put at the heading.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { language, t } from "../../i18n/text";
import { appName } from "../../platform/look";
import { follow, step } from "../../platform/router";
import { useFocusWhenLost } from "../../ui/focus";
import { Icon } from "../../ui/Icon";
import { chooseLanguage } from "./language";

interface Props {
  readonly title: string;
  readonly wide?: boolean;
  /** Whether help can be read from here. */
  readonly help?: boolean;
  readonly children: ComponentChildren;
}

export function Page({ title, wide = false, help = true, children }: Props) {
  const heading = useFocusWhenLost<HTMLHeadingElement>(step.value);
  useEffect(() => {
    document.title = `${title} – ${appName()}`;
  }, [title]);
  return (
    <div class="page">
      <header class="page-head">
        <p class="page-brand">
          <span class="page-mark">
            <Icon name="conversations" size={22} />
          </span>
          {appName()}
        </p>
        <LanguageSwitch />
      </header>
      <main class={wide ? "card wide" : "card"}>
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {children}
      </main>
      <footer class="page-foot">
        {help && (
          <a href="/hulp" onClick={follow}>
            {t("menu.help")}
          </a>
        )}
        <a href="/voorwaarden" onClick={follow}>
          {t("terms.terms")}
        </a>
        <a href="/privacy" onClick={follow}>
          {t("terms.privacy")}
        </a>
      </footer>
    </div>
  );
}

function LanguageSwitch() {
  const other = language.value === "nl" ? "en" : "nl";
  return (
    <button type="button" class="text-button" lang={other} onClick={() => void chooseLanguage(other)}>
      {other === "en" ? "English" : "Nederlands"}
    </button>
  );
}
