import { describe, expect, it } from "vitest";
import { blankEntry, encodeOtadata, otaEntry } from "../../core/ota/otadata";
import type { DeviceState } from "../../core/sim/device";
import { contentStore } from "../../core/sim/flash/contents";
import { eraseFlash, type Flash, withStuckSector } from "../../core/sim/flash/flash";
import { bootloaderImage } from "../../core/sim/images";
import type { RepartitionerConfig } from "../../core/sim/repartitioner/config";
import { blank, padTo } from "../support/bytes";
import { makeTable, type RowFixture } from "../support/imageFixture";
import { canBuildDriver } from "./support/build";
import { useDriver } from "./support/driver";
import {
  configOf,
  deliveredFlash,
  deviceState,
  esp32,
  FLASH_SIZE,
  imagesOf,
  type Migration,
  named,
  OTADATA,
  put,
  TABLE,
} from "./support/migrations";
import { runBoth, type Traced } from "./support/traces";

const SECTOR = 0x1000;
const beside = named("published, delivered beside the runner");
const inPlace = named("published, delivered where it runs");
const withoutMd5: Migration = {
  ...named("published, an old bootloader without MD5"),
  delivered: inPlace.delivered,
  firmware: inPlace.firmware,
  entry: inPlace.entry,
};

const isOtadata = ({ offset }: { readonly offset: number }): boolean =>
  OTADATA <= offset && offset < OTADATA + 2 * SECTOR;

describe.runIf(canBuildDriver)("the C core and the simulated repartitioner, on flash of any kind,", () => {
  const driver = useDriver();

  const run = (
    migration: Migration,
    change: (flash: Flash) => Flash,
    config: Partial<RepartitionerConfig> = {},
  ): Traced => {
    const state = deviceState(migration);
    return runBoth(driver(), {
      migration,
      config: { ...configOf(migration), ...config },
      state: { ...state, flash: change(state.flash) },
    });
  };

  describe("stop, and go back to the firmware,", () => {
    const foreign = padTo(makeTable([...beside.source.slice(0, 4)]), SECTOR);
    const larger = padTo(
      makeTable([
        ...beside.target,
        { label: "more", type: 1, subtype: 0x82, offset: 0x100000, size: SECTOR },
      ]),
      SECTOR,
    );
    const cases = [
      { why: "foreign-table", change: (flash: Flash) => put(flash, TABLE, foreign) },
      { why: "small-flash", config: { targetTable: larger } },
      {
        why: "small-flash",
        change: (flash: Flash) =>
          put(flash, 0x1000, bootloaderImage({ chip: esp32, flashSize: FLASH_SIZE, idfVersion: "v5.2" })),
        config: { bootloaderOffset: 0x7000 },
      },
    ];
    it.each(cases)("$why", ({ why, change = (flash: Flash) => flash, config = {} }) => {
      const { run: ended, trace } = run(beside, change, config);
      expect(trace).toContain(`crossflash: step=check-device result=stopped reason=${why}`);
      expect([ended.end, ended.app]).toEqual(["idle", "firmware"]);
      expect(ended.operations.filter(({ app }) => app === "repartitioner").every(isOtadata)).toBe(true);
    });

    it("protected", () => {
      const state = deviceState(beside);
      const device = { migration: beside, config: configOf(beside), state, isProtected: true };
      const { run: ended, trace } = runBoth(driver(), device);
      expect(trace).toContain("crossflash: step=check-device result=stopped reason=protected");
      expect([ended.end, ended.app]).toEqual(["idle", "firmware"]);
    });

    it("and wait where there is none", () => {
      const { run: ended, trace } = run(beside, (flash) =>
        put(put(flash, TABLE, foreign), beside.firmware, blank(SECTOR)),
      );
      expect(ended.end).toBe("waiting");
      expect(trace).toContain("wait 3600000");
      expect(ended.operations).toEqual([]);
    });
  });

  describe("refuse, before the table is changed and where it has been changed already,", () => {
    const { micropython } = configOf(inPlace);
    const table = (label: string, change: Partial<RowFixture>): Uint8Array =>
      padTo(
        makeTable(inPlace.target.map((row) => (row.label === label ? { ...row, ...change } : row))),
        SECTOR,
      );
    const cases: readonly { readonly what: string; readonly config: Partial<RepartitionerConfig> }[] = [
      {
        what: "a MicroPython that is larger than its slot",
        config: { micropython: { ...micropython, size: 0x70004 } },
      },
      {
        what: "one that has been cut off",
        config: { micropython: { ...micropython, size: micropython.size - 2 } },
      },
      {
        what: "a slot of MicroPython that begins in the one that runs",
        config: { targetTable: table("ota_0", { size: 0x60000 }) },
      },
      {
        what: "a slot of MicroPython that no number selects",
        config: { targetTable: table("ota_1", { subtype: 0x12 }) },
      },
    ];

    it.each(cases)("$what", ({ config }) => {
      const before = run(inPlace, (flash) => flash, config);
      expect(before.trace).toContain("crossflash: step=verify-table result=failed");
      expect([before.run.end, before.run.app]).toEqual(["idle", "firmware"]);
      const { filesystemOffset, targetTable } = { ...configOf(inPlace), ...config };
      for (const operation of before.run.operations)
        expect(isOtadata(operation) || operation.offset >= filesystemOffset).toBe(true);
      const after = run(inPlace, (flash) => put(flash, TABLE, targetTable), config);
      expect(after.trace).toContain(
        "crossflash: step=download-micropython result=failed reason=length attempt=1",
      );
      expect(after.run.operations.filter(({ step }) => step === "download-micropython")).toEqual([]);
    });

    it("a slot that no otadata selects under both tables", () => {
      // Blank otadata would start the factory app of today, and any other one a slot of tomorrow.
      const factory = named("from the factory app");
      const [nvs, otadata, ...apps] = factory.source.filter(
        ({ type, label }) => type === 0 || label !== "spiffs",
      );
      const migration: Migration = {
        ...factory,
        runner: 0x40000,
        receiver: 0x70000,
        target: [
          ...(nvs && otadata ? [nvs, otadata] : []),
          ...apps.slice(1).map((row, index) => ({ ...row, subtype: index === 0 ? 0 : 0x10 })),
          ...factory.target.slice(-1),
        ],
      };
      const device = { migration, config: configOf(migration), state: deviceState(migration) };
      const { run: ended, trace } = runBoth(driver(), device);
      expect(trace).toContain("crossflash: step=settle-otadata result=failed");
      expect([ended.end, ended.app]).toEqual(["idle", "firmware"]);
    });

    it("a slot of its own that is too small for it", () => {
      const { run: ended, trace } = run(inPlace, (flash) => flash, {
        targetTable: table("ota_0", { size: 0x8000 }),
      });
      expect(trace).toContain("crossflash: step=verify-table result=failed");
      expect([ended.end, ended.app]).toEqual(["idle", "firmware"]);
    });
  });

  describe("the table half written", () => {
    const config = configOf(withoutMd5);
    const whole = deliveredFlash(withoutMd5, contentStore());
    /** All is done that is done before the table is written. */
    const ready = eraseBlocks(whole, config.filesystemOffset, FLASH_SIZE);
    const torn = (flash: Flash, bytes: number): DeviceState => ({
      ...deviceState(withoutMd5),
      flash: put(flash, TABLE, padTo(config.targetTable.slice(0, bytes), SECTOR)),
    });
    const places = Array.from({ length: 40 }, (_, index) => index * 4);

    it("is healed without erasing it, wherever the bootloader still starts", () => {
      let healed = 0;
      for (const bytes of places) {
        const { run: ended, trace } = runBoth(driver(), {
          migration: withoutMd5,
          config,
          state: torn(ready, bytes),
        });
        if (ended.end === "no-boot") continue;
        expect(trace[1]).toBe("crossflash: step=check-device result=ok table=torn running=runner");
        expect(ended.operations[0]).toMatchObject({ op: "write", offset: TABLE, size: SECTOR });
        healed++;
      }
      expect(healed).toBe(19);
    });

    it("is healed from the other slot too, where the row of the runner is not there yet", () => {
      const second = named("from the second slot");
      const app = imagesOf(second).repartitioner.bytes;
      const copied = put(deliveredFlash(second, contentStore()), second.runner, app);
      const { filesystemOffset, targetTable } = configOf(second);
      const selected = put(copied, OTADATA, encodeOtadata([otaEntry(2), blankEntry]));
      const flash = put(
        eraseBlocks(selected, filesystemOffset, FLASH_SIZE),
        TABLE,
        padTo(targetTable.slice(0, 96), SECTOR),
      );
      const { run: ended, trace } = runBoth(driver(), {
        migration: second,
        config: configOf(second),
        state: { ...deviceState(second), flash },
      });
      expect(trace[1]).toBe("crossflash: step=check-device result=ok table=torn running=other");
      expect([ended.end, ended.app, ended.offset]).toEqual(["idle", "micropython", second.receiver]);
    });

    it("is a foreign one where the earlier work was not done", () => {
      for (const bytes of places) {
        const { run: ended } = runBoth(driver(), {
          migration: withoutMd5,
          config,
          state: torn(whole, bytes),
        });
        expect(ended.operations.some(({ offset }) => offset === TABLE)).toBe(false);
      }
    });
  });

  describe("with a sector that cannot be changed", () => {
    const places = { TABLE, OTADATA, "0xf000": 0xf000, runner: 0x12000, receiver: 0x61000, vfs: 0xd3000 };

    it.each(Object.entries(places))("%s", (_, offset) => {
      for (const migration of [beside, inPlace]) {
        const { run: ended, trace } = run(migration, (flash) => withStuckSector(flash, offset));
        const isGood = ended.app === "micropython" || ended.app === "firmware";
        if (!isGood) expect(trace.filter((line) => line.startsWith("wait")).length).toBeGreaterThan(9);
      }
    });
  });
});

function eraseBlocks(flash: Flash, from: number, to: number): Flash {
  let erased = flash;
  for (let at = from; at < to; at += SECTOR) erased = eraseFlash(erased, at, SECTOR);
  return erased;
}
