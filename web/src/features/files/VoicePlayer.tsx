// Plays a recording: one at a time in the whole app, at the speed chosen last. How long it lasts comes from the message,
// since what a browser records does not say so itself.
import { signal } from "@preact/signals";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { contentOf } from "../../api/files";
import type { SharedFile } from "../../api/protocol";
import { language, t } from "../../i18n/text";
import { Icon } from "../../ui/Icon";
import { durationOf } from "./words";

const SPEEDS = [1, 1.5, 2] as const;
const speed = signal<number>(1);
const playing = signal<HTMLAudioElement | null>(null);

export function VoicePlayer({ file }: { file: SharedFile }) {
  const audio = useRef<HTMLAudioElement>(null);
  const id = useId();
  const [at, setAt] = useState(0);
  const [own, setOwn] = useState(0);
  const [failed, setFailed] = useState(false);
  const whole = file.duration || own;
  const plays = playing.value !== null && playing.value === audio.current;
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed.value;
  }, [speed.value]);
  useEffect(() => () => stop(audio.current), []);
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (plays) return element.pause();
    playing.peek()?.pause();
    setFailed(false);
    element.play().catch((cause: Error) => setFailed(cause.name !== "AbortError"));
  };
  const seek = (ms: number) => {
    setAt(ms);
    if (audio.current) audio.current.currentTime = ms / 1000;
  };
  const name = file.name ?? "";
  const time = t("voice.at", { at: durationOf(at), whole: durationOf(whole) });
  return (
    <div class="voice" role="group" aria-label={t("voice.of", { name })}>
      <audio
        ref={audio}
        preload={file.duration ? "none" : "metadata"}
        src={contentOf(file.id)}
        onPlay={({ currentTarget }) => (playing.value = currentTarget)}
        onPause={({ currentTarget }) => playing.value === currentTarget && (playing.value = null)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime * 1000)}
        onLoadedMetadata={({ currentTarget }) => {
          currentTarget.playbackRate = speed.peek();
          if (Number.isFinite(currentTarget.duration)) setOwn(currentTarget.duration * 1000);
        }}
        onEnded={() => seek(0)}
        onError={() => plays && setFailed(true)}
      />
      <button type="button" class="icon-button voice-play" onClick={toggle}>
        <Icon name={plays ? "pause" : "play"} size={22} />
        <span class="only-read">{t(plays ? "voice.pause" : "voice.play")}</span>
      </button>
      <label class="only-read" htmlFor={id}>
        {t("voice.place")}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.max(1, Math.ceil(whole / 1000))}
        step={1}
        value={Math.round(at / 1000)}
        aria-valuetext={time}
        onInput={(event) => seek(Number(event.currentTarget.value) * 1000)}
      />
      <span class="voice-time">{at > 0 || plays ? time : durationOf(whole)}</span>
      <button type="button" class="voice-speed" onClick={() => (speed.value = nextSpeed(speed.peek()))}>
        <span class="only-read">{t("voice.speed")} </span>
        {speed.value.toLocaleString(language.value === "nl" ? "nl-NL" : "en-GB")}×
      </button>
      {failed && (
        <p class="voice-failed" role="alert">
          {t("voice.failed")}
        </p>
      )}
    </div>
  );
}

const nextSpeed = (now: number): number => SPEEDS[(SPEEDS.findIndex((one) => one === now) + 1) % SPEEDS.length] ?? 1;

function stop(element: HTMLAudioElement | null): void {
  element?.pause();
  if (playing.peek() === element) playing.value = null;
}
