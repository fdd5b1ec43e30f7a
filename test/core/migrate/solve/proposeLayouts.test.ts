import { describe, expect, it } from "vitest";
import type { ProposalInput } from "../../../../core/migrate/solve/proposal";
import { entriesOf, type StockName } from "../stockTables";
import { layoutText, proposalsOf } from "./proposals";

const never = { kind: "published", isPossible: false, why: "", remedies: [] } as const;

type More = Partial<ProposalInput>;

/** What a proposal says beyond the summary of the changes. */
const checkWords = (name: StockName, index: number, more: More, words: readonly string[]): void => {
  const proposal = proposalsOf(name, more)[index];
  expect(proposal?.isPossible ? proposal.words.slice(1) : proposal).toEqual(words);
};

const checkLayouts = (name: StockName, more: More, layouts: readonly string[]): void =>
  expect(proposalsOf(name, more).map(layoutText)).toEqual(layouts);

/** What is missing, and what would help. */
const checkRemedies = (
  name: StockName,
  index: number,
  more: More,
  missing: number | undefined,
  remedies: readonly string[],
) => {
  const proposal = proposalsOf(name, more)[index];
  expect(
    proposal?.isPossible === false && { missing: proposal.missingBytes, remedies: proposal.remedies },
  ).toEqual({
    missing,
    remedies,
  });
};

const fromApp0 =
  "A device that runs from 'app0' gets the repartitioner into 'app1'; it copies itself to 'app0' first, over what is there.";
const fromApp1 = "A device that runs from 'app1' gets the repartitioner into 'app0', where it stays.";
const unknown = "It is not known from which slot the devices run; the layout suits all of them.";

describe("the published layout, figure by figure", () => {
  const [published] = proposalsOf("Arduino default");

  it("is the CSV of the published procedure, with the filesystem up to the end of flash", () =>
    expect(published?.isPossible && published.csv).toBe(`# ESP-IDF Partition Table
# Name, Type, SubType, Offset, Size, Flags
nvs,data,nvs,0x9000,20K,
otadata,data,ota,0xe000,8K,
app0,app,ota_0,0x10000,1280K,
app1,app,ota_1,0x150000,1536K,
vfs,data,fat,0x2d0000,1216K,
`));

  it("leaves the margin that was wanted", () =>
    expect(published).toMatchObject({ spareBytes: 108_528, hasMargin: true, canUpdateItself: false }));

  it("says what is kept, lost and possible later", () =>
    expect(published?.isPossible && published.words).toEqual([
      "nvs, otadata and app0 are kept (1.28 MB). app1 grows by 256 KB and is replaced by MicroPython. spiffs is erased (1.44 MB lost). vfs is new.",
      "'app1' has 0x180000 (1.5 MB) and leaves 108,528 bytes, 7.4 % of the binary.",
      "MicroPython cannot update itself over the air later: it has 1,464,336 bytes, and 'app0' only 1,310,720 bytes.",
      unknown,
      fromApp0,
      fromApp1,
    ]));

  it("is named where the largest filesystem is the same", () =>
    expect(proposalsOf("Arduino default")[2]).toMatchObject({ kind: "largest-vfs", sameAs: "published" }));
});

describe("from which slot the devices run", () => {
  const margin = "'app1' has 0x180000 (1.5 MB) and leaves 108,528 bytes, 7.4 % of the binary.";
  const later =
    "MicroPython can update itself over the air later: it fits 'app0' and 'app1'. An update may have up to 1,572,864 bytes.";

  it("from ota_0", () =>
    checkWords("Arduino default", 1, { runningSlot: "app0" }, [margin, later, fromApp0]));
  it("from ota_1", () =>
    checkWords("Arduino default", 1, { runningSlot: "app1" }, [margin, later, fromApp1]));

  it("from the only slot beside a safeboot", () =>
    checkWords("Tasmota with safeboot", 2, { runningSlot: "app0" }, [
      "'app0' has 0x180000 (1.5 MB) and leaves 108,528 bytes, 7.4 % of the binary.",
      "MicroPython cannot update itself over the air later, because there is only one update slot.",
      "A device that runs from 'app0' starts 'safeboot' for an update and gets the repartitioner into 'app0'; it copies itself to 'safeboot' first, over what is there.",
    ]));

  it("from one of four, of which two are left", () =>
    checkWords("Arduino m5stack 4 apps", 0, { runningSlot: "ota_3" }, [
      "'ota_1' has 0x300000 (3 MB) and leaves 1,681,392 bytes, 114.8 % of the binary.",
      "MicroPython can update itself over the air later: it fits 'ota_0' and 'ota_1'. An update may have up to 3,145,728 bytes.",
      "A device that runs from 'ota_3' gets the repartitioner into 'ota_0', where it stays.",
      "The table has 4 update slots and gets 2, so otadata is written anew before the table is: the same number would select another slot.",
    ]));

  it("a name that no app has", () => {
    const why =
      "No app can run from 'spiffs', because the source table has no such app partition. Name one that it has.";
    checkLayouts("Arduino default", { runningSlot: "spiffs" }, [why, why, why]);
  });
});

describe("the size of the slot", () => {
  it("a tenth would be more than the published procedure chose", () =>
    expect(proposalsOf("Arduino default", { margin: 0.1 })[0]).toMatchObject({
      receiver: { offset: 0x150000, size: 0x190000 },
    }));

  it("with the margin where there is room, else without, and says so", () => {
    const more = { binarySize: 1_672_800, margin: 0.1 };
    checkLayouts("Arduino default", more, [
      "app0 0x10000/0x140000 app1 0x150000/0x1d0000 vfs 0x320000/0xe0000",
      "app0 0x10000/0x1d0000 app1 0x1e0000/0x1d0000 vfs 0x3b0000/0x50000",
      "app0 0x10000/0x140000 app1 0x150000/0x1d0000 vfs 0x320000/0xe0000",
    ]);
    checkWords("ESP-IDF two_ota", 1, { runningSlot: "ota_0" }, [
      "'ota_1' has 0x170000 (1.44 MB) and leaves 42,992 bytes, 2.9 % of the binary. There was no room for the 5 % that were wanted, so a later release may not fit.",
      "MicroPython can update itself over the air later: it fits 'ota_0' and 'ota_1'. An update may have up to 1,507,328 bytes.",
      "A device that runs from 'ota_0' gets the repartitioner into 'ota_1'; it copies itself to 'ota_0' first, over what is there.",
    ]);
  });

  it("no slot is larger than the bootloader takes", () =>
    expect(layoutText(proposalsOf("Arduino default_32MB", { binarySize: 0x1000001 })[0] ?? never)).toMatch(
      /^There is room for a binary of [\d,]+ bytes at most/,
    ));
});

describe("when nothing fits", () => {
  const smaller = (size: string, fewer: string) =>
    `A build of at most ${size} bytes fits, ${fewer} bytes fewer than this one: leave out frozen modules, or build for size, as MicroPython's OTA variant does.`;
  const larger = (size: string) =>
    `It fits devices with ${size} of flash. What counts is the flash size in the header of the device's bootloader, which no update over the air can change.`;

  it("a smaller build, another release, larger flash", () =>
    checkRemedies("ESP-IDF two_ota", 1, { binarySize: 1_672_800 }, 165_472, [
      smaller("1,507,328", "165,472"),
      "Of MicroPython's own builds for ESP32, these releases fit: v1.20.0 (1,505,088 bytes).",
      larger("8MB"),
    ]));

  it("what nobody knows the use of may go", () => {
    const names = ["eeprom", "eeprom0", "eeprom1", "eeprom2"];
    checkRemedies("Arduino default_plus_eeproms", 0, {}, 153_616, [
      "It fits if 'eeprom' (4 KB), 'eeprom0' (4 KB), 'eeprom1' (4 KB), 'eeprom2' (4 KB) may go. Give them up only if MicroPython does not need what is in there.",
      smaller("1,310,720", "153,616"),
    ]);
    expect(proposalsOf("Arduino default_plus_eeproms", { giveUp: names }).map(layoutText)).toEqual(
      proposalsOf("Arduino default").map(layoutText),
    );
  });

  it("2 MB have no room for any MicroPython of today", () =>
    checkRemedies("ESPHome 2MB", 2, {}, 677_904, [smaller("786,432", "677,904"), larger("4MB")]));

  it("a rule that no size helps against", () => {
    const micropython = {
      name: "old.bin",
      kind: "app",
      fault: "",
      appSize: 0,
      release: [1, 11],
      title: "MicroPython v1.11",
    } as const;
    expect(layoutText(proposalsOf("Arduino default", { micropython })[0] ?? never)).toBe(
      "MicroPython v1.11 (old.bin) keeps its files at 0x200000 to 0x400000 and would overwrite 'app1'. Keep that range free, or choose v1.12 or newer.",
    );
  });
});

describe("source tables that take no update", () => {
  const checkSource = (table: string, why: string) => {
    const source = { entries: entriesOf(table), tableOffset: 0x8000 };
    checkLayouts("Arduino default", { source }, [why, why, why]);
  };

  it("without otadata", () =>
    checkSource(
      "a, app, ota_0, 0x10000, 1M\nb, app, ota_1, 0x110000, 1M",
      "The table has no otadata partition, so no update over the air ever starts. Write MicroPython by a cable.",
    ));

  it("with a gap between the slots", () =>
    checkSource(
      "o, data, ota, 0xd000, 0x2000\na, app, ota_0, 0x10000, 1M\nb, app, ota_2, 0x110000, 1M",
      "The update slots are not numbered ota_0, ota_1, … without gaps, so it is not certain what 'b' starts. State the table that the devices really have.",
    ));

  it("larger than the flash", () => {
    const why =
      "'app1' of the source table ends at 0x290000, but 2MB of flash end at 0x200000: a device with both does not start. State the flash size in the header of its bootloader.";
    checkLayouts("Arduino default", { flashSize: 0x200000 }, [why, why, why]);
  });

  it("with a name that no CSV can hold", () => {
    const entries = entriesOf(
      "n, data, nvs, 0x9000, 0x4000\no, data, ota, 0xd000, 0x2000\na, app, ota_0, 0x10000, 1M\nb, app, ota_1, 0x110000, 1M",
    );
    const named = entries.map((entry) => (entry.name === "n" ? { ...entry, name: "n#$X" } : entry));
    const why = "The name 'n#$X' cannot be written in a CSV, so there is no text of this table.";
    expect(
      proposalsOf("Arduino default", { source: { entries: named, tableOffset: 0x8000 } }).map(layoutText),
    ).toEqual([why, why, why]);
  });
});
