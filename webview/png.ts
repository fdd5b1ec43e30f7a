/** Twice the size, so that text stays crisp in a ticket. */
const SCALE = 2;

/** Draws a picture of our own; it refers to nothing outside of itself. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * SCALE;
    canvas.height = image.height * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!png) throw new Error("The browser could not draw the picture as PNG.");
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export const copyPng = (png: Blob): Promise<void> =>
  navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);

/** The bytes without a prefix, as a message carries them. */
export async function base64Of(png: Blob): Promise<string> {
  let binary = "";
  for (const byte of new Uint8Array(await png.arrayBuffer())) binary += String.fromCharCode(byte);
  return btoa(binary);
}
