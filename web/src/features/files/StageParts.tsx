// What both stages of the viewer have: the buttons to look closer, and what stands where nothing could be loaded.
import type { ComponentChildren } from "preact";
import type { Listed } from "../../api/files";
import { t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { STEP } from "./zoom";

export interface StageProps {
  readonly listed: Listed;
  /** Set by the stage: takes a key, and says whether it did something with it. */
  readonly keys: { current: (key: string) => boolean };
  readonly turn: (by: -1 | 0 | 1) => void;
}

interface ZoomProps {
  readonly scale: number;
  readonly most: number;
  readonly zoom: (by: number) => void;
  readonly fit: () => void;
  readonly children?: ComponentChildren;
}

export function ZoomBar({ scale, most, zoom, fit, children }: ZoomProps) {
  const percent = Math.round(scale * 100);
  return (
    <div class="zoom-bar" role="group" aria-label={t("viewer.zoom")}>
      {children}
      <button type="button" class="icon-button" aria-disabled={scale <= 1} title={t("viewer.smaller")} onClick={() => zoom(1 / STEP)}>
        <Icon name="minus" size={20} />
        <span class="only-read">{t("viewer.smaller")}</span>
      </button>
      <button type="button" class="zoom-now" onClick={fit} title={t("viewer.fit")}>
        {percent}%<span class="only-read">, {t("viewer.fit")}</span>
      </button>
      <button type="button" class="icon-button" aria-disabled={scale >= most} title={t("viewer.larger")} onClick={() => zoom(STEP)}>
        <Icon name="plus" size={20} />
        <span class="only-read">{t("viewer.larger")}</span>
      </button>
    </div>
  );
}

export function StageFailed({ again }: { again: () => void }) {
  return (
    <div class="stage-failed" role="alert">
      <Icon name="warning" size={40} />
      <p>{t("viewer.failed")}</p>
      <button type="button" class="button" onClick={again}>
        {t("messages.again")}
      </button>
    </div>
  );
}
