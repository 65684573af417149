// How much waits for the person, as a number on the app's icon where the system shows one; gone when they are.
import { effect } from "@preact/signals";
import { state } from "../../realtime/store";
import { unreadTotal } from "../messenger/unread";

export function followBadge(): void {
  if (!("setAppBadge" in navigator)) return;
  effect(() => {
    const unread = state.value.me ? unreadTotal() : 0;
    (unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => {});
  });
}
