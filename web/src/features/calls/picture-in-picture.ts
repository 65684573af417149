// The large picture in a small window of its own, over other programs. Its element stands in no page, so that the window stays
// while one goes about in the app, and shows whoever is large.
import { effect } from "@preact/signals";
import { largeTrack } from "./shown";

export const canPicture = (): boolean => document.pictureInPictureEnabled && largeTrack.value !== undefined;

let stops = () => {};

/** Opens the window, or closes it. */
export async function picture(): Promise<void> {
  if (document.pictureInPictureElement) return document.exitPictureInPicture();
  const video = document.createElement("video");
  video.muted = video.playsInline = true;
  stops = effect(() => {
    const track = largeTrack.value;
    video.srcObject = track ? new MediaStream([track]) : null;
    void video.play().catch(() => {});
  });
  video.addEventListener("leavepictureinpicture", () => stops(), { once: true });
  try {
    if (video.readyState === 0) await new Promise((ready) => video.addEventListener("loadedmetadata", ready, { once: true }));
    await video.requestPictureInPicture();
  } catch {
    stops();
  }
}

export async function closePicture(): Promise<void> {
  stops();
  if (document.pictureInPictureElement) await document.exitPictureInPicture().catch(() => {});
}
