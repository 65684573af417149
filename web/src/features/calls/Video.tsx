// A picture that moves: of a camera or of a screen. Sound is played elsewhere, so all of these are mute.
import { useLayoutEffect, useRef } from "preact/hooks";

interface Props {
  readonly track: MediaStreamTrack;
  /** One's own, as in a mirror. */
  readonly mirrored?: boolean;
  readonly whole?: boolean;
  readonly label: string;
  readonly use?: string;
}

export function Video({ track, mirrored = false, whole = false, label, use }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    element.play().catch(() => {});
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  const look = ["video", mirrored && "mirrored", whole && "whole"].filter(Boolean).join(" ");
  return <video ref={video} class={look} aria-label={label} data-use={use} muted playsInline autoPlay disablePictureInPicture={mirrored} />;
}
