// Administration: its pages below one heading, each at an address of its own. They are fetched only when an administrator
// comes here, so that nobody else waits for them.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t, type Key } from "../../i18n/text";
import { follow, path } from "../../platform/router";
import { state } from "../../realtime/store";
import { FormError } from "../../ui/FormError";
import { ListSkeleton } from "../../ui/ListSkeleton";
import { useSubmit } from "../../ui/submit";
import { WidePane } from "../../ui/WidePane";

type Pages = Readonly<Record<PagePath, FunctionComponent>>;
type PagePath = (typeof PAGES)[number]["path"];

const PAGES = [
  { path: "/beheer/mensen", name: "console.people" },
  { path: "/beheer/teams", name: "console.teams" },
  { path: "/beheer/uitnodigingen", name: "console.invitations" },
  { path: "/beheer/openingstijden", name: "console.openingTimes" },
  { path: "/beheer/uiterlijk", name: "console.look" },
  { path: "/beheer/bestanden", name: "console.files" },
  { path: "/beheer/beveiliging", name: "console.security" },
  { path: "/beheer/videogesprekken", name: "console.calls" },
  { path: "/beheer/cijfers", name: "console.figures" },
] as const satisfies readonly { readonly path: string; readonly name: Key }[];

export function Console() {
  const here = PAGES.find((page) => page.path === path.value) ?? PAGES[0];
  const [pages, setPages] = useState<Pages | null>(null);
  const load = useSubmit(async () => setPages((await import("./pages")).PAGES_BY_PATH));
  useEffect(() => load.submit(), []);
  const Page = pages?.[here.path];
  return (
    <WidePane title={t("menu.manage")}>
      <nav class="console-nav" aria-label={t("console.nav")}>
        <ul>
          {PAGES.map((page) => (
            <li key={page.path}>
              <a href={page.path} onClick={follow} aria-current={page === here ? "page" : undefined}>
                {t(page.name)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <section class="console-page" key={state.value.organisations[0]?.id}>
        <h3>{t(here.name)}</h3>
        <FormError error={load.error} />
        {Page ? <Page /> : <ListSkeleton rows={3} />}
      </section>
    </WidePane>
  );
}
