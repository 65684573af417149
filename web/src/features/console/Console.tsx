// Administration: its pages below one heading, each at an address of its own.
import { t, type Key } from "../../i18n/text";
import { path } from "../../platform/router";
import { state } from "../../realtime/store";
import { PageNav } from "../../ui/PageNav";
import { WidePane } from "../../ui/WidePane";
import { PAGES_BY_PATH } from "./pages";

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
  const Page = PAGES_BY_PATH[here.path];
  return (
    <WidePane title={t("menu.manage")}>
      <PageNav label={t("console.nav")} pages={PAGES} here={here} />
      <section class="console-page" key={state.value.organisations[0]?.id}>
        <h3>{t(here.name)}</h3>
        <Page />
      </section>
    </WidePane>
  );
}
