import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { parseSdkconfig, sdkconfigFacts } from "../../../core/project/sdkconfig";

const factsOf = (text: string) => sdkconfigFacts(parseSdkconfig(text));

describe("the options of an sdkconfig", () => {
  it("are read with and without quotes, whatever the line ends; the last counts", () => {
    const text = `#\r\n# Partition Table\r\nCONFIG_A="a b"\r\nCONFIG_B=0x10\r\n# CONFIG_C is not set\r\nCONFIG_B=\nnonsense\nCONFIG_D="x`;
    expect([...parseSdkconfig(text)]).toEqual([
      ["CONFIG_A", "a b"],
      ["CONFIG_B", ""],
      ["CONFIG_C", "n"],
      ["CONFIG_D", '"x'],
    ]);
  });
});

describe("the facts of an sdkconfig", () => {
  const cases: Record<string, readonly [text: string, facts: object]> = {
    nothing: ["", {}],
    "chip, size and offset": [
      'CONFIG_IDF_TARGET="esp32s3"\nCONFIG_ESPTOOLPY_FLASHSIZE="8MB"\nCONFIG_PARTITION_TABLE_OFFSET=0x10000',
      { chip: chipById("esp32s3"), flashSize: 0x800000, tableOffset: 0x10000 },
    ],
    "the size by its choice": [
      "CONFIG_ESPTOOLPY_FLASHSIZE_2MB=n\nCONFIG_ESPTOOLPY_FLASHSIZE_16MB=y",
      { flashSize: 0x1000000 },
    ],
    "values that make no sense": [
      'CONFIG_IDF_TARGET="linux"\nCONFIG_ESPTOOLPY_FLASHSIZE="5MB"\nCONFIG_PARTITION_TABLE_OFFSET=-1\nCONFIG_ESPTOOLPY_FLASHSIZE_DETECT=y',
      {},
    ],
    "no MD5 row": ["# CONFIG_PARTITION_TABLE_MD5 is not set", { md5Row: false }],
    "an MD5 row": ["CONFIG_PARTITION_TABLE_MD5=y", {}],
    "Secure Boot V2": ["CONFIG_SECURE_BOOT=y\nCONFIG_SECURE_BOOT_V2_ENABLED=y", { secure: "v2" }],
    "Secure Boot V1": ["CONFIG_SECURE_BOOT_V1_ENABLED=y", { secure: "v1" }],
    "Secure Boot before v4.0": ["CONFIG_SECURE_BOOT_ENABLED=y", { secure: "v1" }],
    "Secure Boot with short apps": [
      "CONFIG_SECURE_BOOT_ENABLED=y\nCONFIG_SECURE_BOOT_ALLOW_SHORT_APP_PARTITION=y",
      {},
    ],
    "no Secure Boot": ["# CONFIG_SECURE_BOOT_V1_ENABLED is not set", {}],
    bootloaders: [
      "CONFIG_BOOTLOADER_OFFSET_IN_FLASH=0x2000\nCONFIG_BOOTLOADER_RECOVERY_OFFSET=0x3F0000",
      { primaryBootloaderOffset: 0x2000, recoveryBootloaderOffset: 0x3f0000 },
    ],
  };
  for (const [title, [text, facts]] of Object.entries(cases))
    it(title, () => expect(factsOf(text)).toEqual(facts));
});
