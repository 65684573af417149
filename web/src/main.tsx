// Starts the app. What is not sent yet, or half filled in and not kept, would be lost or late, so leaving it then asks first.
import { render } from "preact";
import { App, followWelcome } from "./app";
import { watchCalls } from "./features/calls/calls";
import { watchRinging } from "./features/calls/ring";
import { followBadge } from "./features/device/app-badge";
import { watchUploads } from "./features/files/uploads";
import { watchAway } from "./features/lock/away";
import { findLock, followChange } from "./features/lock/lock";
import { watchQuickHide } from "./features/lock/quick-hide";
import { watchTabs } from "./features/lock/tabs";
import { renewPush } from "./features/notifications/renew";
import { speakAsKept } from "./i18n/text";
import { followEnd, isIdle, isQuiet, OUTSIDE, wouldLose } from "./leave";
import { watchAttention } from "./platform/attention";
import { watchInstalling } from "./platform/install";
import { followLook } from "./platform/look";
import { followTheme } from "./platform/preferences";
import { watchShown } from "./platform/push";
import { takeShared } from "./platform/sharing";
import { watchTime } from "./platform/now";
import { watchForRenewal } from "./platform/renewal";
import { path, watchTheAddress } from "./platform/router";
import { watchTheLine } from "./realtime/client";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/parts.css";
import "./features/accounts/accounts.css";
import "./features/messenger/messenger.css";
import "./features/conversations/conversations.css";
import "./features/messages/messages.css";
import "./features/messages/actions.css";
import "./features/files/files.css";
import "./features/devices/devices.css";
import "./features/documents/documents.css";
import "./features/calls/calls.css";
import "./features/lock/lock.css";
import "./features/organisations/organisations.css";
import "./features/second-factor/second-factor.css";
import "./features/teams/teams.css";
import "./features/groups/groups.css";
import "./features/plans/plans.css";
import "./features/plans/print.css";
import "./features/notifications/notifications.css";
import "./features/search/search.css";
import "./features/break-glass/break-glass.css";

followTheme();
followLook();
watchInstalling();
watchForRenewal(isQuiet, isIdle);
watchTheAddress();
watchTheLine();
watchAttention();
watchTime();
watchUploads();
watchCalls();
watchRinging();
followWelcome();
followEnd();
renewPush();
watchShown();
followBadge();
addEventListener("beforeunload", (event) => {
  if (wouldLose()) event.preventDefault();
});

async function draw(): Promise<void> {
  watchTabs(followChange);
  await Promise.all([speakAsKept(), findLock({ inside: !OUTSIDE.includes(path.peek()) })]);
  watchAway();
  takeShared();
  watchQuickHide();
  const root = document.getElementById("app");
  if (root) render(<App />, root);
}

void draw();
