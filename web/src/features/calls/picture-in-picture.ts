// The large picture in a small window of its own, over other programs.

const largest = (): HTMLVideoElement | null => document.querySelector<HTMLVideoElement>(".tile.large video, .tile:not(.own) video");

export const canPicture = (): boolean => document.pictureInPictureEnabled && largest() !== null;

export async function picture(): Promise<void> {
  if (document.pictureInPictureElement) return document.exitPictureInPicture();
  await largest()?.requestPictureInPicture().catch(() => {});
}
