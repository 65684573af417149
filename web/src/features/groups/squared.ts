// The middle of a picture as a small square, so that a photo of a telephone is not sent whole for a circle of 44 pixels,
// and nothing of where it was taken goes with it. What the browser cannot read goes as it is, for the server to judge.
const SIDE = 384;
const QUALITY = 0.85;

export async function squared(file: Blob): Promise<Blob> {
  try {
    const image = await createImageBitmap(file);
    const side = Math.min(image.width, image.height);
    const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    const paper = canvas.getContext("2d");
    if (!paper) return file;
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, SIDE, SIDE);
    paper.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
    image.close();
    return await new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? file), "image/jpeg", QUALITY));
  } catch {
    return file;
  }
}
