// That this is not for emergencies and where to call instead: in the organisation's words where it has its own. Numbers
// can be called from the page.
import type { ComponentChildren } from "preact";
import { language, t } from "../../i18n/text";
import { state } from "../../realtime/store";
import { noticeOf } from "./answering";

const EMERGENCY_NUMBER = "112";

export function EmergencyNotice({ organisation }: { organisation: string | undefined }) {
  const own = noticeOf(state.value, organisation);
  const text = own?.[language.value] || t("notice.short");
  return (
    <>
      {calling(text)}
      {own?.phones?.map(({ name, number }) => (
        <span class="phone" key={number}>
          {" "}
          {name}: <a href={`tel:${number.replace(/[^+\d]/g, "")}`}>{number}</a>
        </span>
      ))}
    </>
  );
}

/** The text with each 112 in it as a link that calls. */
export function calling(text: string): ComponentChildren {
  return text.split(/\b(112)\b/).map((piece, i) =>
    piece === EMERGENCY_NUMBER ? (
      <a key={i} href={`tel:${piece}`}>
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
