// Above the page of files: all of them, or what is still needed.
import { t } from "../../i18n/text";
import { follow, path } from "../../platform/router";

export const NEEDED = "/bestanden/nog-nodig";

export function FilesTabs() {
  const tabs = [["/bestanden", t("documents.allFiles")], [NEEDED, t("documents.needed")]] as const;
  return (
    <nav class="tabs files-tabs" aria-label={t("menu.files")}>
      {tabs.map(([to, label]) => (
        <a key={to} class="tab" href={to} onClick={follow} aria-current={path.value === to ? "page" : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
