import { chipTargets } from "../../core/chip/targets";
import { type ChosenBinary, type Facts, noFacts } from "../../core/facts";
import type { Random } from "./random";

const binary: ChosenBinary = {
  name: "micropython.bin",
  kind: "app",
  fault: "",
  appSize: 0x17c000,
  flashSize: 0x400000,
  release: [1, 23, 0],
  title: "MicroPython v1.23.0",
};

const binaries: readonly (ChosenBinary | undefined)[] = [
  undefined,
  binary,
  { ...binary, release: [1, 12, 0], flashSize: 0x1000000, appSize: 0x200010 },
  { ...binary, kind: "combined", title: "" },
  { name: "x", kind: "unusable", fault: "The file is empty.", appSize: 0, title: "" },
];

const sizes = [undefined, 0x100000, 0x400000, 0x1000000] as const;

/** What may be known around a table, in any mixture. */
export function someFacts(random: Random): Facts {
  if (random.oneIn(4)) return noFacts;
  const micropython = random.pick(binaries);
  return {
    tableOffset: random.pick([0x8000, 0x8000, 0x9000, 0x10000, 0]),
    flashSize: random.pick(sizes),
    secure: random.pick([undefined, undefined, "v1", "v2"] as const),
    md5Row: !random.oneIn(4),
    primaryBootloaderOffset: random.pick([undefined, 0, 0x1000, 0x20000]),
    recoveryBootloaderOffset: random.pick([undefined, 0x3f0000]),
    extraSubtypes: random.oneIn(4) ? [{ type: 1, name: "settings", value: 0x40 }] : [],
    environment: random.oneIn(3) ? { A: "x,y", SIZE: "1M", EMPTY: "", ROW: "a,app,factory,,1M" } : {},
    chip: random.oneIn(2) ? random.pick(chipTargets) : undefined,
    micropython: micropython && { ...micropython, chip: random.oneIn(2) ? chipTargets[0] : undefined },
  };
}
