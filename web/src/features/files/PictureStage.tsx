// A picture that can be looked at closely. Its small one stands in its place until it is there.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { contentOf, smallOf } from "../../api/files";
import { t } from "../../i18n/text";
import { useGestures } from "./gestures";
import { StageFailed, ZoomBar, type StageProps } from "./StageParts";
import { FIT, STEP, fitted, isClose, most, move, swiped, zoom, type Point, type Size, type View } from "./zoom";

const MIDDLE: Point = { x: 0, y: 0 };
const CLOSE = 2.5;
const KEY_STEP = 80;
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: KEY_STEP, y: 0 },
  ArrowRight: { x: -KEY_STEP, y: 0 },
  ArrowUp: { x: 0, y: KEY_STEP },
  ArrowDown: { x: 0, y: -KEY_STEP },
};

export function PictureStage({ listed, keys, turn }: StageProps) {
  const { file } = listed;
  const stage = useRef<HTMLDivElement>(null);
  const room = useRoom(stage);
  const [natural, setNatural] = useState<Size>({ width: file.width ?? 0, height: file.height ?? 0 });
  const [attempt, setAttempt] = useState(0);
  const [phase, setPhase] = useState<"loading" | "shown" | "failed">("loading");
  const [view, setView] = useState<View>(FIT);
  const [aside, setAside] = useState(0);
  const fit = fitted(natural, room);

  const closer = (by: number, at = MIDDLE) => setView((now) => zoom(now, by, at, fit, room, most(natural, fit)));
  const drag = (by: Point) => (isClose(view) ? setView((now) => move(now, by, fit, room)) : setAside((now) => now + by.x));
  const gestures = useGestures({
    drag,
    zoom: closer,
    twice: (at) => (isClose(view) ? setView(FIT) : closer(CLOSE, at)),
    lifted: (by) => {
      setAside(0);
      if (!isClose(view)) turn(swiped(by));
    },
  });
  keys.current = (key) => {
    const by = ARROWS[key];
    if (key === "+" || key === "=") closer(STEP);
    else if (key === "-") closer(1 / STEP);
    else if (key === "0") setView(FIT);
    else if (by && isClose(view)) setView(move(view, by, fit, room));
    else return false;
    return true;
  };

  const size = { width: Math.round(fit.width), height: Math.round(fit.height) };
  const place = { transform: `translate(${view.x + (isClose(view) ? 0 : aside)}px, ${view.y}px) scale(${view.scale})` };
  return (
    <>
      <div ref={stage} class={isClose(view) ? "stage close" : "stage"} {...gestures}>
        <div class="stage-picture" style={place}>
          {phase !== "shown" && file.small && <img class="stage-small" src={smallOf(file.id)} alt="" {...size} />}
          {phase !== "failed" && (
            <img
              key={attempt}
              src={contentOf(file.id)}
              alt={t("files.pictureNamed", { name: file.name ?? "" })}
              draggable={false}
              {...size}
              onLoad={({ currentTarget }) => {
                setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight });
                setPhase("shown");
              }}
              onError={() => setPhase("failed")}
            />
          )}
        </div>
      </div>
      <p role="status" class={phase === "loading" ? "stage-words" : "only-read"}>
        {phase === "loading" ? t("viewer.loading") : ""}
      </p>
      {phase === "failed" && (
        <StageFailed
          again={() => {
            setAttempt(attempt + 1);
            setPhase("loading");
          }}
        />
      )}
      <ZoomBar scale={view.scale} most={most(natural, fit)} zoom={closer} fit={() => setView(FIT)} />
    </>
  );
}

/** The space there is for it, also when the window changes. */
function useRoom(stage: { readonly current: HTMLElement | null }): Size {
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return room;
}
