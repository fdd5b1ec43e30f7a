import { type ChipId, chipById } from "../../../core/chip/targets";
import { type BootloaderClaims, bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import type { CompatImage } from "../../../core/compat/builds";
import type { Verdict } from "../../../core/compat/evidence";
import type { VersionRule } from "../../../core/compat/pair";
import type { CompatQuestion } from "../../../core/compat/verdict";
import { versionReason } from "../../../core/compat/versionReason";
import { type BootloaderImage, readBootloader } from "../../../core/image/bootloader";
import { readImage } from "../../../core/image/readImage";
import { type BootloaderFixture, makeBootloader } from "../../support/imageFixture";

export const chipOf = (id: ChipId) => {
  const chip = chipById(id);
  if (!chip) throw new Error(`no chip ${id}`);
  return chip;
};

export const bootloaderImage = (fixture: BootloaderFixture): BootloaderImage => {
  const bytes = makeBootloader(fixture);
  const image = readImage(bytes);
  if (!image.ok) throw new Error(image.message);
  return readBootloader(bytes, image.value);
};

/** "v3.3.5", or "arduino 1.0.6". */
export const claimsOf = (words: string): BootloaderClaims => {
  const [, core] = /^arduino (.+)$/.exec(words) ?? [];
  return core === undefined ? { idf: words } : { arduino: core };
};

/** "1.14", or "image v3.3.2" for a binary of which only its ESP-IDF is known. */
export const appOf = (words: string) => {
  const [, idfVersion] = /^image (.+)$/.exec(words) ?? [];
  return idfVersion === undefined ? { release: words } : { image: image({ idfVersion }) };
};

export const image = (changes: Partial<CompatImage> = {}): CompatImage => ({
  chip: chipOf("esp32"),
  minChipRevision: 0,
  maxChipRevision: undefined,
  flashFrequency: 40,
  idfVersion: undefined,
  ...changes,
});

export const versionOf = (
  bootloader: string,
  app: string,
  rule: VersionRule = "strict",
  chip: ChipId = "esp32",
) =>
  versionReason({
    bootloader: bootloaderVersion(claimsOf(bootloader)),
    app: appOf(app),
    rule,
    chip: chipOf(chip),
  });

/** A question with every fact known and fine. */
export const question = (changes: Partial<CompatQuestion> = {}): CompatQuestion => ({
  bootloader: bootloaderVersion({ idf: "v4.0.2" }),
  app: { release: "1.15", image: image() },
  rule: "strict",
  chip: chipOf("esp32"),
  chipRevision: 300,
  flashSizeInHeader: 0x400000,
  flashSizeNeeded: 0x400000,
  tableMd5: true,
  rollback: "off",
  secureBoot: "off",
  flashEncryption: "off",
  ...changes,
});

export const VERDICTS: readonly Verdict[] = ["supported", "risky", "refused", "unknown"];
export const RULES: readonly VersionRule[] = ["strict", "documented"];
