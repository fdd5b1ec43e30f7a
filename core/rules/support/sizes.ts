import type { PlacedEntry } from "../../table/entry";
import { DATA, NVS, OTADATA, TEE_OTADATA } from "../../table/subtypes";

/** Two flash sectors that are written in turn, so that one of them is always valid. */
export const OTADATA_SIZE = 0x2000;
/** NVS keeps one sector free to move entries into; with fewer than three it cannot be written. */
export const SMALLEST_NVS = 0x3000;

export const isNvsTooSmall = ({ type, subtype, size, readonly }: PlacedEntry): boolean =>
  type === DATA && subtype === NVS && !readonly && size < SMALLEST_NVS;

export const isOtadataOfWrongSize = ({ type, subtype, size }: PlacedEntry): boolean =>
  type === DATA && (subtype === OTADATA || subtype === TEE_OTADATA) && size !== OTADATA_SIZE;
