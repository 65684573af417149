// The person's own settings, on a few pages. `gone`: without a line nothing waits for the welcome, which tells what pages
// there are.
import { t } from "../../i18n/text";
import { path } from "../../platform/router";
import { isLoading, state } from "../../realtime/store";
import { isStaff } from "../../state/select";
import { InOrder, useWaiting } from "../../ui/in-order";
import { PageNav, type NavPage } from "../../ui/PageNav";
import { AppSettings } from "../device/AppSettings";
import { DeviceSettings } from "../devices/DeviceSettings";
import { LockSettings } from "../lock/LockSettings";
import { NotificationSettings } from "../notifications/NotificationSettings";
import { AvailabilitySettings } from "../organisations/AvailabilitySettings";
import { AccountSettings } from "./AccountSettings";
import { DisplaySettings } from "./DisplaySettings";
import { QuietHours } from "./QuietHours";

const ACCOUNT = { path: "/instellingen", name: "settings.account", Page: AccountSettings } as const;
const PAGES = [
  ACCOUNT,
  { path: "/instellingen/apparaten", name: "settings.devices", Page: Devices },
  { path: "/instellingen/meldingen", name: "notifications.title", Page: Notices },
  { path: "/instellingen/weergave", name: "settings.display", Page: DisplaySettings },
] as const;
const OF_STAFF = { path: "/instellingen/werktijden", name: "settings.hours", Page: AvailabilitySettings } as const;

export function Settings({ gone }: { gone: boolean }) {
  const pages = isStaff(state.value) ? [...PAGES, OF_STAFF] : PAGES;
  const here = pages.find((page) => page.path === path.value) ?? ACCOUNT;
  return (
    <InOrder>
      <Nav pages={pages} here={here} gone={gone} />
      <div class="settings" key={here.path}>
        <here.Page />
      </div>
    </InOrder>
  );
}

function Nav({ pages, here, gone }: { pages: readonly NavPage[]; here: NavPage; gone: boolean }) {
  useWaiting(isLoading.value && !gone);
  return <PageNav label={t("settings.nav")} pages={pages} here={here} />;
}

function Devices() {
  return (
    <InOrder>
      <LockSettings />
      <DeviceSettings />
      <AppSettings />
    </InOrder>
  );
}

function Notices() {
  return (
    <InOrder>
      <NotificationSettings />
      <QuietHours />
    </InOrder>
  );
}
