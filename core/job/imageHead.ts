import { type AppDescriptor, readAppDescriptor } from "../image/appDescriptor";
import { type BootloaderDescriptor, readBootloader } from "../image/bootloader";
import { isFilledWith, u32 } from "../image/bytes";
import { HEADER_SIZE, type ImageHeader, readHeader } from "../image/header";
import type { FlashRange } from "./range";

/** What the first bytes of a place in flash tell. An image was not verified: only its head was read. */
export type ImageHead =
  | { readonly kind: "blank" }
  | { readonly kind: "other" }
  | {
      readonly kind: "image";
      readonly header: ImageHeader;
      /** Undefined in apps from before ESP-IDF v3.3, and in bootloaders. */
      readonly descriptor: AppDescriptor | undefined;
      /** Undefined in bootloaders from before ESP-IDF v5.2, and in apps. */
      readonly bootloader: BootloaderDescriptor | undefined;
      /** Where the first segment's data lie, in flash: in an app these are its constants. */
      readonly constants: FlashRange;
    };

/** Header, header of the first segment, and the descriptor in it. */
export const HEAD_SIZE = HEADER_SIZE + 8 + 256;

/** Reads `HEAD_SIZE` bytes from the flash address at which a bootloader or an app begins. */
export function readImageHead(bytes: Uint8Array, address: number): ImageHead {
  if (isFilledWith(bytes, 0xff)) return { kind: "blank" };
  const header = readHeader(bytes, 0);
  if (!header.ok) return { kind: "other" };
  const offset = HEADER_SIZE + 8;
  const segment = { loadAddress: u32(bytes, HEADER_SIZE), offset, size: u32(bytes, HEADER_SIZE + 4) };
  // The reader looks at the first segment only; the rest of the image was not read and stays unsaid.
  const unread = { size: 0, checksum: 0, sha256: undefined };
  const image = { ...header.value, ...unread, segments: [segment] };
  return {
    kind: "image",
    header: header.value,
    descriptor: readAppDescriptor(bytes, image),
    bootloader: readBootloader(bytes, image).descriptor,
    constants: { address: address + offset, size: segment.size },
  };
}
