import { failure, type Result, success } from "../result";

/**
 * One `esp_ota_select_entry_t`. ESP-IDF before v3.3 knows no state: its label has 24 bytes and covers it.
 * Source: `esp_flash_partitions.h` of ESP-IDF's bootloader_support.
 */
export interface OtaEntry {
  /** `ota_seq`: counts the updates from 1 on; 0xFFFFFFFF where nothing was written. */
  readonly seq: number;
  /** `seq_label`: 20 bytes that nobody reads. */
  readonly label: Uint8Array;
  /** One of `OtaState`, but a device may hold any number here. */
  readonly state: number;
  /** As it is stored; `seqCrc` says whether it is right. */
  readonly crc: number;
}

/** Both entries, each at the start of a sector of its own: while one is rewritten, the other one holds. */
export type OtaData = readonly [OtaEntry, OtaEntry];

/** `esp_ota_img_states_t`: only a bootloader with rollback writes `pendingVerify` and `aborted`. */
export const OtaState = {
  new: 0,
  pendingVerify: 1,
  valid: 2,
  invalid: 3,
  aborted: 4,
  undefined: 0xffffffff,
} as const;

/** Bytes of the otadata partition; ESP-IDF refuses any other size. */
export const OTADATA_SIZE = 0x2000;
/** Where the entries stand, in bytes from the partition's offset, and how long they are. */
export const OTA_ENTRY_OFFSETS = [0, 0x1000] as const;
export const OTA_ENTRY_SIZE = 32;
const LABEL_SIZE = 20;

/** `ota_seq` of an erased entry. */
export const BLANK_SEQ = 0xffffffff;

/**
 * The CRC-32 of a sequence number as the bootloader computes it: `esp_rom_crc32_le(UINT32_MAX, &ota_seq, 4)`. The ROM
 * inverts the register that it is given, so it starts at 0, and four bytes into a register of 0 are the register itself.
 * Source: `bootloader_common_ota_select_crc` in bootloader_common.c; neither state nor label are covered.
 */
export function seqCrc(seq: number): number {
  let register = seq >>> 0;
  for (let bit = 0; bit < 32; bit++) register = (register >>> 1) ^ (register & 1 ? 0xedb88320 : 0);
  return ~register >>> 0;
}

/** An entry that the bootloader takes. Without rollback `esp_ota_set_boot_partition` leaves the state undefined. */
export const otaEntry = (seq: number, state: number = OtaState.undefined): OtaEntry => ({
  seq,
  label: new Uint8Array(LABEL_SIZE).fill(0xff),
  state,
  crc: seqCrc(seq),
});

/** What erased flash reads as. */
export const blankEntry: OtaEntry = { ...otaEntry(BLANK_SEQ), crc: 0xffffffff };

/** Reads both entries from the bytes of the partition; `at` of a failure is where the bytes end. */
export function decodeOtadata(bytes: Uint8Array): Result<OtaData, "length"> {
  const [first, second] = OTA_ENTRY_OFFSETS;
  if (bytes.length < second + OTA_ENTRY_SIZE) {
    return failure(
      "length",
      bytes.length,
      `otadata has an entry at 0x0 and one at 0x1000, but there are only ${bytes.length} bytes of it.`,
    );
  }
  return success([decodeOtaEntry(bytes, first), decodeOtaEntry(bytes, second)]);
}

/** The entry at `at`, in bytes; there must be 32 of them. */
export function decodeOtaEntry(bytes: Uint8Array, at = 0): OtaEntry {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, OTA_ENTRY_SIZE);
  return {
    seq: view.getUint32(0, true),
    label: bytes.slice(at + 4, at + 4 + LABEL_SIZE),
    state: view.getUint32(24, true),
    crc: view.getUint32(28, true),
  };
}

/** The 0x2000 bytes of the partition; everything beside the entries is blank. */
export function encodeOtadata(entries: OtaData): Uint8Array {
  const bytes = new Uint8Array(OTADATA_SIZE).fill(0xff);
  entries.forEach((entry, index) => {
    bytes.set(encodeOtaEntry(entry), OTA_ENTRY_OFFSETS[index]);
  });
  return bytes;
}

/** The 32 bytes of an entry. */
export function encodeOtaEntry({ seq, label, state, crc }: OtaEntry): Uint8Array {
  const bytes = new Uint8Array(OTA_ENTRY_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, seq, true);
  bytes.set(label.subarray(0, LABEL_SIZE), 4);
  view.setUint32(24, state, true);
  view.setUint32(28, crc, true);
  return bytes;
}

/**
 * otadata with which every bootloader starts slot `slotIndex` of `slotCount`, with or without rollback: sequence number
 * `slotIndex + 1` in the first sector, as `esp_ota_set_boot_partition` writes it into blank otadata, and a state that
 * no rollback touches. Throws a RangeError for a slot that no otadata can select.
 */
export function otadataSelecting(slotIndex: number, slotCount: number): Uint8Array {
  if (!(Number.isInteger(slotIndex) && 0 <= slotIndex && slotIndex < slotCount))
    throw new RangeError(`no otadata selects slot ${slotIndex} of ${slotCount}`);
  return encodeOtadata([otaEntry(slotIndex + 1), blankEntry]);
}
