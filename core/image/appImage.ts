import { isMappedFlash } from "../chip/targets";
import { type AppDescriptor, readAppDescriptor } from "./appDescriptor";
import { findMicroPython, type MicroPythonBuild } from "./micropython";
import type { EspImage } from "./readImage";
import { readTrailing, type Trailing } from "./trailing";

/** A verified image that runs from mapped flash: what an OTA slot holds and what may be sent over the air. */
export interface AppImage {
  readonly image: EspImage;
  /** Undefined for apps built by ESP-IDF v3.2 and earlier. */
  readonly descriptor: AppDescriptor | undefined;
  /** Undefined for everything that is not MicroPython. */
  readonly micropython: MicroPythonBuild | undefined;
  readonly trailing: Trailing;
}

/** An app reads its constants from flash; a bootloader cannot, the cache is not set up when it starts. */
export const isApp = ({ chip, segments }: EspImage): boolean =>
  segments.some((segment) => segment.size > 0 && isMappedFlash(chip, segment.loadAddress));

/** `limit` is where the file or the slot ends, in bytes from the start of the file. */
export const readApp = (bytes: Uint8Array, image: EspImage, limit: number): AppImage => ({
  image,
  descriptor: readAppDescriptor(bytes, image),
  micropython: findMicroPython(bytes.subarray(image.offset, image.offset + image.size)),
  trailing: readTrailing(bytes, image, limit),
});
