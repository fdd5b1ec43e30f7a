import { createHash } from "node:crypto";
import { type ChipId, chipById } from "../../core/chip/targets";
import { BoardFault } from "../flasher/fault";
import { virtualChips } from "../virtualBoard/chips";

/** What the path of a virtual board says about it: the chip that its name begins with, otherwise an ESP32. */
export interface VirtualName {
  readonly path: string;
  /** Empty for the one that is called only `virtual`. */
  readonly name: string;
  readonly chip: ChipId;
  /** Always the same for a name, and another for every name. */
  readonly mac: string;
}

const SCHEME = "virtual";
const NAMES = /^[a-z0-9-]{1,32}$/;

export const isVirtual = (path: string): boolean => path === SCHEME || path.startsWith(`${SCHEME}:`);

/** Throws a `BoardFault` for a name that no virtual board has. */
export const virtualName = (path: string): VirtualName => {
  const name = path.slice(SCHEME.length + 1);
  if (path !== SCHEME && !NAMES.test(name))
    throw new BoardFault(
      "gone",
      `There is no virtual board '${name}': a name has 1 to 32 of the characters a to z, 0 to 9 and '-'. For example virtual:desk or virtual:esp32s3-desk.`,
    );
  const chip = chipById(name.split("-")[0] ?? "");
  if (chip && !virtualChips.includes(chip.id))
    throw new BoardFault(
      "gone",
      `There is no virtual ${chip.name}. The name of a virtual board may begin with ${virtualChips.join(", ")}.`,
    );
  return { path: virtualPath(name), name, chip: chip?.id ?? "esp32", mac: macOf(name) };
};

export const virtualPath = (name: string): string => (name === "" ? SCHEME : `${SCHEME}:${name}`);

/** Marked as given by nobody's registry: the second lowest bit of the first byte; the lowest one would be a group. */
const macOf = (name: string): string => {
  const bytes = createHash("sha256")
    .update(`crossflash ${virtualPath(name)}`)
    .digest()
    .subarray(0, 6);
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(":");
};
