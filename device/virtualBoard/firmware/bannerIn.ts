import { type AppImage, readApp } from "../../../core/image/appImage";
import { readImage } from "../../../core/image/readImage";
import { micropythonBanner } from "../boot";

/** The app that these bytes are, and nothing more. */
export function appOf(bytes: Uint8Array): AppImage | undefined {
  const image = readImage(bytes, 0);
  return image.ok ? readApp(bytes, image.value, bytes.length) : undefined;
}

/** What an app says at its prompt; undefined where it is no MicroPython. */
export function bannerIn(bytes: Uint8Array): string | undefined {
  const app = appOf(bytes);
  return app && micropythonBanner(app);
}
