// Under the settings: how the app looks and speaks on this device. The language is kept with the account too, for the mails.
import { useState } from "preact/hooks";
import { saveLanguage } from "../../api/accounts";
import { language, t, type Key } from "../../i18n/text";
import { LANGUAGES, THEMES, theme, type Language, type Theme } from "../../platform/preferences";
import { FormError } from "../../ui/FormError";
import { useLatest } from "../../ui/submit";
import { Choice } from "./Choice";
import { chooseLanguage } from "./language";

const THEME_NAMES: Readonly<Record<Theme, Key>> = {
  system: "settings.theme.system",
  light: "settings.theme.light",
  dark: "settings.theme.dark",
  contrast: "settings.theme.contrast",
  calm: "settings.theme.calm",
};

const LANGUAGE_NAMES: Readonly<Record<Language, Key>> = { nl: "settings.dutch", en: "settings.english" };

export function DisplaySettings() {
  return (
    <>
      <LanguageChoice />
      <Choice
        legend={t("settings.theme")}
        options={THEMES.map((value) => ({ value, label: t(THEME_NAMES[value]) }))}
        chosen={theme.value}
        onChoose={(chosen) => (theme.value = chosen)}
      />
      <section>
        <h3>{t("settings.writing")}</h3>
        <p>{t("settings.enter")}</p>
      </section>
    </>
  );
}

function LanguageChoice() {
  const [chosen, choose] = useState<Language | null>(null);
  const { error, submit } = useLatest(() => saveLanguage(language.value));
  const change = (next: Language) => {
    choose(next);
    void chooseLanguage(next).then(() => submit());
  };
  return (
    <>
      <Choice
        legend={t("settings.language")}
        options={LANGUAGES.map((value) => ({ value, label: t(LANGUAGE_NAMES[value]) }))}
        chosen={chosen ?? language.value}
        onChoose={change}
      />
      <FormError error={error} />
    </>
  );
}
