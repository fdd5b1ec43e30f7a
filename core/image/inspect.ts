import { FLASH_SIZES } from "../chip/flashSize";
import { type Failure, failure } from "../result";
import { type AppImage, isApp, readApp } from "./appImage";
import { type BootloaderImage, readBootloader } from "./bootloader";
import { type CombinedFault, type CombinedImage, readCombined } from "./combined";
import { foreignSentence } from "./foreign";
import { MAGIC } from "./header";
import { type EspImage, readImage } from "./readImage";
import { readTableRows, type TableRow } from "./tableRows";
import { readTrailing, type Trailing } from "./trailing";

/**
 * What a file is. Everything but "damaged" and "unknown" has been verified as far as the format allows.
 * "combined" and "flash-dump" have the same parts; a dump begins at flash address 0 before the bootloader, or is as
 * long as a flash chip, so it may hold more than one app and the device's own data.
 */
export type ImageReport =
  | { readonly kind: "app"; readonly size: number; readonly app: AppImage }
  | {
      readonly kind: "bootloader";
      readonly size: number;
      readonly bootloader: BootloaderImage;
      readonly trailing: Trailing;
    }
  | ({ readonly kind: "combined" | "flash-dump"; readonly size: number } & CombinedImage)
  | { readonly kind: "partition-table"; readonly size: number; readonly rows: readonly TableRow[] }
  | { readonly kind: "damaged"; readonly size: number; readonly failure: Failure<CombinedFault> }
  | { readonly kind: "unknown"; readonly size: number; readonly failure: Failure<CombinedFault> };

/** The one entrance: takes any bytes, never throws, runs in linear time. */
export const inspectImage = (bytes: Uint8Array): ImageReport => {
  const size = bytes.length;
  const combined = readCombined(bytes);
  if (combined?.ok) return { kind: combinedKind(combined.value, size), size, ...combined.value };
  if (combined) return { kind: "damaged", size, failure: combined };
  const rows = readTableRows(bytes, 0);
  if (rows) return { kind: "partition-table", size, rows };
  const image = readImage(bytes);
  return image.ok ? singleImage(bytes, image.value) : noImage(bytes, image);
};

const combinedKind = ({ flashOffset, bootloader }: CombinedImage, size: number): "combined" | "flash-dump" =>
  flashOffset === 0 && (bootloader.image.offset > 0 || FLASH_SIZES.includes(size))
    ? "flash-dump"
    : "combined";

const singleImage = (bytes: Uint8Array, image: EspImage): ImageReport => {
  const size = bytes.length;
  if (isApp(image)) return { kind: "app", size, app: readApp(bytes, image, size) };
  const trailing = readTrailing(bytes, image, size);
  return { kind: "bootloader", size, bootloader: readBootloader(bytes, image), trailing };
};

/** Bytes that begin like an image were meant to be one; of others it is only known what they are not. */
const noImage = (bytes: Uint8Array, fault: Failure<CombinedFault>): ImageReport => {
  const size = bytes.length;
  if (bytes[0] === MAGIC && fault.reason !== "esp8266") return { kind: "damaged", size, failure: fault };
  const sentence = foreignSentence(bytes);
  return { kind: "unknown", size, failure: sentence ? failure(fault.reason, 0, sentence) : fault };
};
