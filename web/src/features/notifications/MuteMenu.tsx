// The menu of a conversation's head: no notifications of it for a while, on all of the person's devices.
import { useRef, useState } from "preact/hooks";
import type { ApiError } from "../../api/http";
import { mute, type HowLong } from "../../api/notifications";
import { t, type Key } from "../../i18n/text";
import { soon } from "../../i18n/time";
import { ActionMenu, type Action } from "../../ui/ActionMenu";
import { FormError } from "../../ui/FormError";
import { Icon } from "../../ui/Icon";
import { useLatest } from "../../ui/submit";
import { mutedNow } from "./mutes";

const FOR: readonly (readonly [HowLong, Key])[] = [
  ["hour", "mute.hour"],
  ["tomorrow", "mute.tomorrow"],
  ["always", "mute.always"],
];

export function MuteMenu({ conversation }: { conversation: string }) {
  const button = useRef<HTMLButtonElement>(null);
  const wanted = useRef<HowLong>("no");
  const { error, submit } = useLatest(() => mute(conversation, wanted.current));
  const [seen, setSeen] = useState<ApiError | null>(null);
  const muted = mutedNow(conversation);
  const run = (howLong: HowLong) => () => {
    wanted.current = howLong;
    submit();
  };
  const actions: Action[] = FOR.map(([howLong, label]) => ({ key: howLong, label: t(label), icon: "muted", run: run(howLong) }));
  if (muted) actions.unshift({ key: "no", label: t("mute.off"), icon: "bell", run: run("no") });
  const until = muted && (muted.forGood ? t("mute.muted") : t("mute.until", { time: soon(muted.until, new Date()) }));
  return (
    <>
      <ActionMenu
        label={t("mute.menu")}
        describedBy="conversation-title"
        button={button}
        stop
        look="head"
        icon={muted ? "muted" : "bell"}
        actions={actions}
        top={until ? () => <p class="menu-words">{until}</p> : undefined}
      />
      {error && error !== seen && (
        <div class="head-error">
          <FormError error={error} />
          <button type="button" class="icon-button" aria-label={t("dialog.close")} onClick={() => setSeen(error)}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </>
  );
}
