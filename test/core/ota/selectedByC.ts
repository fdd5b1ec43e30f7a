import type { BootloaderKind } from "../../../core/ota/bootChoice";
import { type OtaData, type OtaEntry, seqCrc } from "../../../core/ota/otadata";

export interface CSlots {
  readonly slots: number;
  readonly factory: boolean;
  readonly otadata: boolean;
}

/**
 * `bootloader_utility_get_selected_boot_partition` and the helpers of bootloader_common.c line by line, with the C's own
 * names, loops and assignments: what is written otherwise must come to the same. Gives boot_index and both states.
 */
export function selectedByC(bs: CSlots, [first, second]: OtaData, kind: BootloaderKind): number[] {
  const otadata = [{ ...first }, { ...second }] as [Mutable, Mutable];
  const result = (bootIndex: number) => [bootIndex, otadata[0].state, otadata[1].state];
  if (!bs.otadata) return result(-1);
  if (kind === "rollback") {
    for (const entry of otadata) if (entry.state === 1) entry.state = 4;
  }
  if ((isInvalid(otadata[0], kind) && isInvalid(otadata[1], kind)) || bs.slots === 0) {
    if (bs.factory) return result(-1);
    return result(0);
  }
  const active = getActive(otadata, kind);
  if (active === -1) return result(-1);
  const entry = otadata[active as 0 | 1];
  const bootIndex = Number(BigInt.asUintN(32, BigInt(entry.seq) - 1n) % BigInt(bs.slots));
  if (kind === "rollback" && entry.state === 0) entry.state = 1;
  return result(bootIndex);
}

type Mutable = { -readonly [Key in keyof OtaEntry]: OtaEntry[Key] };

function isInvalid(s: OtaEntry, kind: BootloaderKind): boolean {
  if (kind === "stateless") return s.seq === 0xffffffff;
  return s.seq === 0xffffffff || s.state === 3 || s.state === 4;
}

const isValid = (s: OtaEntry, kind: BootloaderKind): boolean =>
  !isInvalid(s, kind) && s.crc === seqCrc(s.seq);

function getActive(two: readonly [OtaEntry, OtaEntry], kind: BootloaderKind): number {
  const valid = [isValid(two[0], kind), isValid(two[1], kind)];
  if (valid[0] && valid[1]) return Math.max(two[0].seq, two[1].seq) === two[0].seq ? 0 : 1;
  if (valid[0]) return 0;
  if (valid[1]) return 1;
  return -1;
}
