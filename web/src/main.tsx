// Starts the app. What is not sent yet, or half filled in, is only in this page, so leaving it then asks first.
import { render } from "preact";
import { App, followWelcome } from "./app";
import { hasRequests } from "./features/documents/asking";
import { hasUploads, watchUploads } from "./features/files/uploads";
import { hasDrafts } from "./features/messages/drafts";
import { speakAsKept } from "./i18n/text";
import { followEnd } from "./leave";
import { watchAttention } from "./platform/attention";
import { followTheme } from "./platform/preferences";
import { watchTime } from "./platform/now";
import { isHeld, watchTheAddress } from "./platform/router";
import { watchTheLine } from "./realtime/client";
import { state } from "./realtime/store";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/parts.css";
import "./features/accounts/accounts.css";
import "./features/messenger/messenger.css";
import "./features/conversations/conversations.css";
import "./features/messages/messages.css";
import "./features/messages/actions.css";
import "./features/files/files.css";
import "./features/documents/documents.css";
import "./features/organisations/organisations.css";
import "./features/second-factor/second-factor.css";
import "./features/teams/teams.css";
import "./features/groups/groups.css";
import "./features/plans/plans.css";
import "./features/plans/print.css";
import "./features/search/search.css";
import "./features/break-glass/break-glass.css";

followTheme();
watchTheAddress();
watchTheLine();
watchAttention();
watchTime();
watchUploads();
followWelcome();
followEnd();
addEventListener("beforeunload", (event) => {
  if (state.value.pending.length > 0 || hasDrafts() || hasRequests() || hasUploads() || isHeld()) event.preventDefault();
});

await speakAsKept();
const root = document.getElementById("app");
if (root) render(<App />, root);
