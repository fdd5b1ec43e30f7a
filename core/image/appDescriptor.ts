import { fieldText, toHex, u8, u16, u32 } from "./bytes";
import type { EspImage } from "./readImage";

/** `esp_app_desc_t` (ESP-IDF v3.3 and later). MicroPython and Arduino often leave `version` and `projectName` empty. */
export interface AppDescriptor {
  readonly secureVersion: number;
  readonly version: string;
  readonly projectName: string;
  /** Compile time and date as the compiler wrote them; empty in reproducible builds. */
  readonly time: string;
  readonly date: string;
  /** ESP-IDF that built the app, such as "v4.4.4-dirty". It tells nothing about the bootloader. */
  readonly idfVersion: string;
  /** Hex digits; names the ELF file with the symbols of this build. */
  readonly elfSha256: string;
  /** major * 100 + minor of the eFuse block (ESP-IDF v5.2.3 and later, before that 0). */
  readonly minEfuseBlockRevision: number;
  readonly maxEfuseBlockRevision: number;
  /** Bytes; undefined before ESP-IDF v5.4. */
  readonly mmuPageSize: number | undefined;
}

const MAGIC_WORD = 0xabcd5432;
const DESCRIPTOR_SIZE = 256;

/** The descriptor is the start of segment 0 of an app. */
export const readAppDescriptor = (bytes: Uint8Array, image: EspImage): AppDescriptor | undefined => {
  const segment = image.segments[0];
  if (!segment || segment.size < DESCRIPTOR_SIZE || u32(bytes, segment.offset) !== MAGIC_WORD)
    return undefined;
  const at = segment.offset;
  const pageSizeLog2 = u8(bytes, at + 180);
  return {
    secureVersion: u32(bytes, at + 4),
    version: fieldText(bytes, at + 16, 32),
    projectName: fieldText(bytes, at + 48, 32),
    time: fieldText(bytes, at + 80, 16),
    date: fieldText(bytes, at + 96, 16),
    idfVersion: fieldText(bytes, at + 112, 32),
    elfSha256: toHex(bytes.subarray(at + 144, at + 176)),
    minEfuseBlockRevision: u16(bytes, at + 176),
    maxEfuseBlockRevision: u16(bytes, at + 178),
    mmuPageSize: pageSizeLog2 > 0 && pageSizeLog2 < 32 ? 2 ** pageSizeLog2 : undefined,
  };
};
