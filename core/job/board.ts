import type { ChipTarget } from "../chip/targets";
import type { OtaData } from "../ota/otadata";
import type { PresentTable } from "./consequences";

/** Whether a protection is burnt into the chip; `unknown` where the chip could not be asked. */
export type Protection = "on" | "off" | "unknown";

/** What a board says of itself once it is connected. */
export interface BoardIdentity {
  readonly chip: ChipTarget;
  /** major * 100 + minor; undefined where it could not be read. */
  readonly revision: number | undefined;
  /** Base MAC as six pairs of hex digits with colons, lower case. It alone tells two boards of a kind apart. */
  readonly mac: string;
  /** Bytes of the flash chip itself, whatever any header says; undefined where its id tells nothing. */
  readonly flashSize: number | undefined;
  /** JEDEC id: manufacturer in the lowest byte, then type and capacity. */
  readonly flashId: number | undefined;
  readonly security: { readonly flashEncryption: Protection; readonly secureBoot: Protection };
}

/** What is known of the contents of a board's flash before a job; what is missing was not read. */
export interface PresentBoard {
  readonly table?: PresentTable | undefined;
  readonly otadata?: OtaData | undefined;
  /** `none` where its place is blank. */
  readonly bootloader?: "none" | { readonly flashSize: number } | undefined;
}

/**
 * Why the board that answers now is not the one that was shown, as a sentence; undefined where it is. Ports are no
 * names of boards: another one may hang on the same port a moment later.
 */
export function otherBoard(shown: BoardIdentity, found: BoardIdentity): string | undefined {
  if (shown.mac.toLowerCase() === found.mac.toLowerCase() && shown.chip.id === found.chip.id)
    return undefined;
  return `The board that answers now is ${boardName(found)}, but ${boardName(shown)} was chosen. Nothing was written. Connect the board that was chosen, or choose this one.`;
}

/** `ESP32 24:6f:28:00:00:01`. */
export const boardName = ({ chip, mac }: Pick<BoardIdentity, "chip" | "mac">): string =>
  `${chip.name} ${mac}`;

/** `v3.1`, of a revision as major * 100 + minor. */
export const revisionText = (revision: number): string => `v${Math.floor(revision / 100)}.${revision % 100}`;
