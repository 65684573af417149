// The pages of a PDF below each other. Each is fetched when it comes near, with its text, which a screen reader reads in
// place of the picture of it. Pages are taken to be shaped like the first until they are there.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { smallOf } from "../../api/files";
import { t } from "../../i18n/text";
import { PdfPage } from "./PdfPage";
import { pageAt, stay } from "./scrolling";
import { ZoomBar, type StageProps } from "./StageParts";
import { usePinch } from "./use-pinch";
import { STEP, type Point } from "./zoom";

const A4 = 1 / Math.SQRT2;
const MOST = 4;

export function PdfStage({ listed, keys }: StageProps) {
  const { file } = listed;
  const count = file.pages ?? 1;
  const scroller = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const [shape, setShape] = useState(A4);
  const [here, setHere] = useState(1);
  const near = useNear(scroller);
  const kept = useRef<{ readonly at: Point; readonly by: number } | null>(null);

  const closer = (by: number, at?: Point) => {
    const element = scroller.current;
    const next = Math.min(MOST, Math.max(1, scale * by));
    if (!element || next === scale) return;
    kept.current = { at: at ?? { x: element.clientWidth / 2, y: element.clientHeight / 2 }, by: next / scale };
    setScale(next);
  };
  useLayoutEffect(() => {
    if (scroller.current && kept.current) stay(scroller.current, kept.current.at, kept.current.by);
    kept.current = null;
  }, [scale]);
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
  usePinch(scroller, closer, (at) => closer(scale > 1 ? 1 / scale : 2, at));
  keys.current = (key) => {
    if (key === "+" || key === "=") closer(STEP);
    else if (key === "-") closer(1 / STEP);
    else if (key === "0") closer(1 / scale);
    else return scale > 1 && (key === "ArrowLeft" || key === "ArrowRight") && sideways(scroller.current, key);
    return true;
  };

  return (
    <>
      <div
        ref={scroller}
        class="stage pages"
        role="region"
        aria-label={t("viewer.pages", { name: file.name ?? "" })}
        tabIndex={0}
        onScroll={(event) => setHere(pageAt(event.currentTarget))}
      >
        <img
          hidden
          src={smallOf(file.id)}
          alt=""
          onLoad={({ currentTarget }) => setShape(currentTarget.naturalWidth / currentTarget.naturalHeight)}
        />
        <ol style={{ width: `${scale * 100}%` }}>
          {Array.from({ length: count }, (_, i) => (
            <PdfPage key={i} file={file.id} number={i + 1} count={count} shape={shape} near={near.has(i + 1)} />
          ))}
        </ol>
      </div>
      <ZoomBar scale={scale} most={MOST} zoom={closer} fit={() => closer(1 / scale)}>
        <span class="page-number">{t("viewer.pageOf", { page: here, count })}</span>
      </ZoomBar>
    </>
  );
}

function sideways(element: HTMLElement | null, key: string): boolean {
  element?.scrollBy({ left: key === "ArrowLeft" ? -80 : 80 });
  return true;
}

/** The pages that are or were within a screen of what is in sight. */
function useNear(scroller: { readonly current: HTMLElement | null }): ReadonlySet<number> {
  const [near, setNear] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const root = scroller.current;
    if (!root) return;
    const watch = new IntersectionObserver(
      (seen) => {
        const come = seen.filter((one) => one.isIntersecting).map((one) => Number((one.target as HTMLElement).dataset["page"]));
        if (come.length > 0) setNear((now) => new Set([...now, ...come]));
      },
      { root, rootMargin: "100% 0px" },
    );
    root.querySelectorAll("[data-page]").forEach((page) => watch.observe(page));
    return () => watch.disconnect();
  }, []);
  return near;
}
