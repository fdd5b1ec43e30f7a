import type { ChipId } from "../../core/chip/targets";
import { type ChipModel, chipModel } from "./chips";
import type { ChipIdentity, SecurityFuses } from "./eFuses";
import type { Fault, ResetFault } from "./faults";
import type { FirmwareStart } from "./firmware/simulatedFirmware";
import type { WireModel } from "./wire";

export interface VirtualBoardOptions {
  readonly chip?: ChipId;
  /** Bytes; a power of two. */
  readonly flashSize?: number;
  /** The base MAC, "24:0a:c4:00:00:01". */
  readonly mac?: string;
  /** major * 100 + minor. */
  readonly revision?: number;
  readonly security?: SecurityFuses;
  /** What lies in flash from address 0 on; the rest is erased. */
  readonly flash?: Uint8Array;
  /** Where the bootloader in flash looks for the table, in bytes. */
  readonly partitionTableOffset?: number;
  readonly connection?: "usb bridge" | "usb serial jtag";
  readonly faults?: readonly Fault[];
  readonly wire?: WireModel;
  /** Programs that run in place of the apps in flash; without them apps say who they are and do nothing. */
  readonly firmware?: FirmwareStart;
}

const DEFAULT_FLASH_SIZE = 0x400000;
const DEFAULT_MAC = "24:0a:c4:00:00:01";
const ERASED = 0xff;

export const initialFlash = ({ flash, flashSize = DEFAULT_FLASH_SIZE }: VirtualBoardOptions): Uint8Array => {
  const bytes = new Uint8Array(flashSize).fill(ERASED);
  bytes.set(flash ?? []);
  return bytes;
};

export interface BoardParts {
  readonly chip: ChipModel;
  readonly identity: ChipIdentity;
}

/** Who answers after so many resets. */
export const partsAfter = (options: VirtualBoardOptions, resets: number): BoardParts => {
  const other = options.faults?.find(
    (fault): fault is ResetFault => fault.kind === "other-board" && resets >= fault.atReset,
  );
  const id = other?.chip ?? options.chip ?? "esp32";
  const chip = chipModel(id);
  if (!chip) throw new RangeError(`There is no virtual board with the chip ${id}.`);
  const identity = {
    mac: macBytes(other?.mac ?? options.mac ?? DEFAULT_MAC),
    revision: options.revision ?? chip.usualRevision,
    security: options.security ?? {},
  };
  return { chip, identity };
};

const macBytes = (text: string): Uint8Array =>
  Uint8Array.from(text.split(":"), (pair) => Number.parseInt(pair, 16));
