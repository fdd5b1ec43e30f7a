import type { ChipId, ChipTarget } from "../../core/chip/targets";
import type { BoardIdentity, Protection } from "../../core/job/board";
import type { BoardLoader } from "./loader";

type Registers = Pick<BoardLoader, "readReg">;

/** Lowest bit and width in a register. */
type Field = readonly [register: number, lowestBit: number, width: number];

/** Where a chip keeps its revision. Sources: `efuse_reg.h` and `efuse_table.csv` of ESP-IDF for each chip. */
interface RevisionFields {
  readonly major: readonly Field[];
  readonly minor: readonly Field[];
}

const block1 = (efuses: number, word: number): number => efuses + 0x44 + 4 * word;

const alikeS3 = (efuses: number): RevisionFields => ({
  major: [[block1(efuses, 5), 24, 2]],
  minor: [
    [block1(efuses, 3), 18, 3],
    [block1(efuses, 5), 23, 1],
  ],
});

const inWord2 = (efuses: number): RevisionFields => ({
  major: [[block1(efuses, 2), 4, 2]],
  minor: [[block1(efuses, 2), 0, 4]],
});

/** Lowest part first. The ESP32 spreads its own over three registers, each bit set only with those before it. */
const REVISIONS: Readonly<Partial<Record<ChipId, RevisionFields>>> = {
  esp32s2: {
    major: [[block1(0x3f41a000, 3), 18, 2]],
    minor: [
      [block1(0x3f41a000, 4), 4, 3],
      [block1(0x3f41a000, 3), 20, 1],
    ],
  },
  esp32s3: alikeS3(0x60007000),
  esp32c3: alikeS3(0x60008800),
  esp32c5: inWord2(0x600b4800),
  esp32c61: inWord2(0x600b4800),
  esp32c6: { major: [[block1(0x600b0800, 3), 22, 2]], minor: [[block1(0x600b0800, 3), 18, 4]] },
  esp32h2: { major: [[block1(0x600b0800, 3), 21, 2]], minor: [[block1(0x600b0800, 3), 18, 3]] },
};

/** Block 0 of the ESP32's fuses (`efuse_reg.h`): the change counter of encryption, and the two of secure boot. */
const ESP32_FUSES = {
  flashCryptCount: [0x3ff5a000, 20, 7],
  secureBoot: [0x3ff5a018, 4, 2],
  major: [
    [0x3ff5a00c, 15, 1],
    [0x3ff5a014, 20, 1],
    [0x3ff6607c, 31, 1],
  ],
  minor: [0x3ff5a014, 24, 2],
} as const satisfies Record<string, Field | readonly Field[]>;

/** major * 100 + minor; undefined for chips whose place of it is not known here. */
export async function revisionOf(loader: Registers, chip: ChipTarget): Promise<number | undefined> {
  if (chip.id === "esp32") {
    const bits = await readAll(loader, ESP32_FUSES.major);
    const major = bits.indexOf(0) < 0 ? bits.length : bits.indexOf(0);
    return major * 100 + (await readField(loader, ESP32_FUSES.minor));
  }
  const fields = REVISIONS[chip.id];
  if (chip.id === "esp32s3" && (await isFirstS3(loader))) return 0;
  return fields && (await joined(loader, fields.major)) * 100 + (await joined(loader, fields.minor));
}

/**
 * The very first ESP32-S3 have something else where later ones have their revision; the version of their fuse block
 * (1.1) tells them apart. Source: `is_eco0` in esptool's target class and `efuse_hal_get_major_chip_version`.
 */
async function isFirstS3(loader: Registers): Promise<boolean> {
  for (const [field, wanted] of FIRST_S3) if ((await readField(loader, field)) !== wanted) return false;
  return true;
}

const S3_FUSES = 0x60007000;
const FIRST_S3: readonly (readonly [Field, number])[] = [
  [[block1(S3_FUSES, 3), 18, 3], 0],
  [[S3_FUSES + 0x5c + 4 * 4, 0, 2], 1],
  [[block1(S3_FUSES, 3), 24, 3], 1],
];

/** The ESP32 has no command that tells it. */
export async function esp32Security(loader: Registers): Promise<BoardIdentity["security"]> {
  const count = await readField(loader, ESP32_FUSES.flashCryptCount);
  const secureBoot = await readField(loader, ESP32_FUSES.secureBoot);
  return { flashEncryption: encryption(count), secureBoot: protection(secureBoot !== 0) };
}

export const protection = (on: boolean): Protection => (on ? "on" : "off");

/** Encryption is on while an odd number of the counter's bits is burnt. */
export const encryption = (count: number): Protection =>
  protection([...count.toString(2)].filter((bit) => bit === "1").length % 2 === 1);

async function readField(loader: Registers, [register, lowestBit, width]: Field): Promise<number> {
  return ((await loader.readReg(register)) >>> lowestBit) & (2 ** width - 1);
}

async function readAll(loader: Registers, fields: readonly Field[]): Promise<number[]> {
  const values: number[] = [];
  for (const field of fields) values.push(await readField(loader, field));
  return values;
}

async function joined(loader: Registers, fields: readonly Field[]): Promise<number> {
  const values = await readAll(loader, fields);
  return values.reduceRight((value, part, index) => (value << (fields[index]?.[2] ?? 0)) | part, 0);
}
