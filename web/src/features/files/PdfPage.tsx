// One page of a PDF: its picture, and its text for who listens. A page is drawn when it is asked for; where the server has
// no room for that now it is asked again after a moment, a few times, before the person is told. The text follows its
// picture, so that a page takes the room of one.
import { useEffect, useRef, useState } from "preact/hooks";
import { loadPageText, pageOf } from "../../api/files";
import { ApiError } from "../../api/http";
import { t } from "../../i18n/text";
import { StageFailed } from "./StageParts";

interface Props {
  readonly file: string;
  readonly number: number;
  readonly count: number;
  /** Width divided by height. */
  readonly shape: number;
  readonly near: boolean;
}

/** Milliseconds before each time that it is asked again. */
const PAUSES = [500, 1_000, 2_000];
const BUSY = 503;

export function PdfPage({ file, number, count, shape, near }: Props) {
  const [own, setOwn] = useState(0);
  const [phase, setPhase] = useState<"loading" | "shown" | "failed">("loading");
  const [attempt, setAttempt] = useState(0);
  const text = useText(file, number, near && phase !== "loading");
  const pause = useRef(0);
  const ask = () => {
    setAttempt((now) => now + 1);
    setPhase("loading");
  };
  useEffect(() => () => clearTimeout(pause.current), []);
  const failed = () => {
    const ms = PAUSES[attempt];
    if (ms === undefined) setPhase("failed");
    else pause.current = window.setTimeout(ask, ms);
  };
  return (
    <li class="pdf-page" data-page={number} style={{ aspectRatio: String(own || shape) }}>
      {near && phase !== "failed" && (
        <img
          key={attempt}
          src={pageOf(file, number)}
          alt={t("viewer.page", { page: number, count })}
          onLoad={({ currentTarget }) => {
            setOwn(currentTarget.naturalWidth / currentTarget.naturalHeight);
            setPhase("shown");
          }}
          onError={failed}
        />
      )}
      {near && phase === "loading" && <p class="page-words">{t("viewer.pageLoading", { page: number })}</p>}
      {phase === "failed" && <StageFailed again={ask} />}
      {text && (
        <p class="only-read" dir="auto">
          {text}
        </p>
      )}
    </li>
  );
}

/** Where it cannot be had, the page's number is all there is to read. */
function useText(file: string, number: number, wanted: boolean): string {
  const [text, setText] = useState("");
  useEffect(() => {
    let timer = 0;
    let over = false;
    const ask = (attempt: number): void =>
      void loadPageText(file, number).then(
        (answer) => setText(answer.text),
        (cause: unknown) => {
          const ms = cause instanceof ApiError && cause.status === BUSY ? PAUSES[attempt] : undefined;
          if (ms !== undefined && !over) timer = window.setTimeout(ask, ms, attempt + 1);
        },
      );
    if (wanted && !text) ask(0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return text;
}
