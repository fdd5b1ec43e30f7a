import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BoardReading, presentBoard, readBoard, type StateQuestion } from "../../../core/job/boardState";
import { type FlashPiece, flashBytes } from "../../../core/job/flashBytes";
import { otadataSelecting } from "../../../core/ota/otadata";
import { concat, pattern } from "../../support/bytes";
import {
  type CombinedFixture,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
  type RowFixture,
} from "../../support/imageFixture";
import { chipOf } from "./boards";

const ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0xe000, size: 0x2000 },
  { label: "app0", type: 0, subtype: 0x10, offset: 0x10000, size: 0x140000 },
  { label: "app1", type: 0, subtype: 0x11, offset: 0x150000, size: 0x180000 },
  { label: "vfs", type: 1, subtype: 0x81, offset: 0x2d0000, size: 0x100000 },
];
const FIELD = makeApp({ projectName: "meter", version: "1.4.2", idfVersion: "v4.4.4" });
const MICROPYTHON = makeMicroPython({ size: 0x20000 });

const flashOf = (fixture: CombinedFixture = {}): Uint8Array =>
  makeCombined({
    rows: ROWS,
    apps: { app0: FIELD, app1: MICROPYTHON },
    flashOffset: 0,
    size: 0x400000,
    ...fixture,
  });

function withOtadata(flash: Uint8Array, otadata: Uint8Array): Uint8Array {
  const changed = flash.slice();
  changed.set(otadata, 0xe000);
  return changed;
}

const ESP32: StateQuestion = { chip: chipOf("esp32"), depth: "heads", flashSize: 0x400000 };

/** Asks and reads until nothing more is wanted, as a host does. */
function readAll(flash: Uint8Array, question: StateQuestion) {
  const pieces: FlashPiece[] = [];
  for (let round = 0; round < 10; round++) {
    const reading = readBoard(question, pieces);
    if (reading.wants.length === 0)
      return { ...reading, round, bytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0) };
    for (const { address, size } of reading.wants)
      pieces.push({ address, bytes: flash.slice(address, address + size) });
  }
  throw new Error("the reading does not end");
}

const runs = ({ state }: BoardReading): string | undefined => state.running?.entry.name;

describe("a board is read", () => {
  it("in two rounds and less than 5 KB", () => {
    const { round, bytes, state } = readAll(withOtadata(flashOf(), otadataSelecting(1, 2)), ESP32);
    expect(round).toBe(2);
    expect(bytes).toBeLessThan(5 * 1024);
    expect(state.table).toMatchObject({
      kind: "found",
      table: {
        tableOffset: 0x8000,
        md5Row: true,
        fingerprint: createHash("sha256").update(makeTable(ROWS)).digest("hex").slice(0, 12),
      },
    });
    expect(state.selected).toBe(1);
    expect(state.slots[0]?.head).toMatchObject({
      kind: "image",
      descriptor: { projectName: "meter", version: "1.4.2", idfVersion: "v4.4.4" },
      constants: { address: 0x10020 },
    });
    expect(state.slots.map(({ micropython }) => micropython)).toEqual([undefined, undefined]);
  });

  it("with the release of the MicroPython that runs, from its constants alone", () => {
    const { state, bytes, round } = readAll(withOtadata(flashOf(), otadataSelecting(1, 2)), {
      ...ESP32,
      depth: "micropython",
    });
    expect(round).toBe(3);
    expect(state.running).toMatchObject({ entry: { name: "app1" }, micropython: { version: "v1.23.0" } });
    expect(bytes).toBeLessThan(MICROPYTHON.length + 5 * 1024);
  });

  it.each<[string, Uint8Array, string | undefined]>([
    ["app1 where otadata selects it", withOtadata(flashOf(), otadataSelecting(1, 2)), "app1"],
    ["app0 where otadata selects it", withOtadata(flashOf(), otadataSelecting(0, 2)), "app0"],
    ["app0 where otadata is blank", flashOf(), "app0"],
    ["app1 where app0 is blank", flashOf({ apps: { app1: MICROPYTHON } }), "app1"],
    [
      "app0 where the one selected is blank",
      withOtadata(flashOf({ apps: { app0: FIELD } }), otadataSelecting(1, 2)),
      "app0",
    ],
    ["nothing where there is no app", flashOf({ apps: {} }), undefined],
    [
      "app0 where there is no otadata",
      flashOf({ rows: ROWS.filter(({ label }) => label !== "otadata") }),
      "app0",
    ],
  ])("and runs %s", (_, flash, expected) => expect(runs(readAll(flash, ESP32))).toBe(expected));

  it.each(["esp32s2", "esp32s3", "esp32c3", "esp32p4"] as const)(
    "of the %s, whose bootloader lies elsewhere",
    (chip) => {
      const flash = flashOf({ chip, apps: { app0: makeApp({ chip }) } });
      const { state } = readAll(flash, { ...ESP32, chip: chipOf(chip) });
      expect(state.bootloader).toMatchObject({ kind: "image", header: { chip: { id: chip } } });
      expect(state.running?.entry.name).toBe("app0");
    },
  );
});

describe("the table", () => {
  const moved = ROWS.map((row) => ({ ...row, offset: row.offset + 0x10000 }));
  const other = flashOf({ rows: moved, tableOffset: 0x11000, size: 0x500000 });

  it.each<[string, Uint8Array, number | undefined, object]>([
    ["is found where it was pushed to", other, undefined, { kind: "found", table: { tableOffset: 0x11000 } }],
    ["is found where it is said to be", other, 0x11000, { kind: "found", table: { tableOffset: 0x11000 } }],
    ["is not looked for elsewhere where a place is said", other, 0x8000, { kind: "none" }],
    ["of a blank flash is none", new Uint8Array(0x400000).fill(0xff), undefined, { kind: "none" }],
  ])("%s", (_, flash, tableOffset, expected) => {
    const { state, round } = readAll(flash, { ...ESP32, tableOffset });
    expect(state.table).toMatchObject(expected);
    expect(round).toBeLessThanOrEqual(4);
  });

  it("that is damaged is said to be", () => {
    const flash = flashOf();
    flash[0x8000 + 5] = 1;
    const { state } = readAll(flash, ESP32);
    expect(state.table).toMatchObject({
      kind: "damaged",
      tableOffset: 0x8000,
      message: expect.stringContaining("MD5"),
    });
    expect(state.slots).toEqual([]);
  });

  it("that claims more than the flash has asks for nothing there", () => {
    const rows = [...ROWS, { label: "far", type: 0, subtype: 0x12, offset: 0x7ff0000, size: 0x10000 }];
    const { state } = readAll(flashOf({ rows }), ESP32);
    expect(state.slots.at(-1)?.head).toEqual({ kind: "unread" });
    expect(state.running?.entry.name).toBe("app0");
  });
});

describe("what preflight needs", () => {
  it("is table, otadata and what the bootloader believes", () => {
    const flash = flashOf({ bootloader: makeBootloader({ flashSize: "2MB" }) });
    expect(presentBoard(readAll(flash, ESP32).state)).toMatchObject({
      table: { tableOffset: 0x8000, entries: { length: 5 } },
      bootloader: { flashSize: 0x200000 },
      otadata: { length: 2 },
    });
  });

  it("of a blank board is that there is no bootloader, and of one that nobody read nothing", () => {
    expect(presentBoard(readAll(new Uint8Array(0x400000).fill(0xff), ESP32).state)).toEqual({
      bootloader: "none",
    });
    expect(presentBoard(readBoard(ESP32, []).state)).toEqual({});
  });
});

describe("any flash", () => {
  it("is read to an end without harm", () => {
    const base = flashOf({ size: 0x2d0000 });
    const damage = fc.array(
      fc.tuple(
        fc.constantFrom(0x1000, 0x8000, 0xe000, 0xf000, 0x10000, 0x150000),
        fc.nat(0x120),
        fc.nat(255),
      ),
      { maxLength: 6 },
    );
    const depth = fc.constantFrom("heads", "micropython" as const);
    fc.assert(
      fc.property(damage, depth, fc.boolean(), (bytes, how, isNoise) => {
        const flash = isNoise ? pattern(0x50000, 3) : base.slice();
        for (const [at, within, value] of bytes) flash[at + within] = value;
        const { state } = readAll(flash, {
          ...ESP32,
          depth: how as StateQuestion["depth"],
          flashSize: flash.length,
        });
        expect(state.bootloader.kind).not.toBe("unread");
        expect(state.table.kind).not.toBe("unread");
      }),
      { numRuns: 100 },
    );
  });

  it("is the same in whatever pieces it was read", () => {
    const whole = pattern(64, 1);
    const cuts = fc
      .array(fc.integer({ min: 1, max: 63 }), { maxLength: 6 })
      .map((at) => [...new Set([0, ...at, 64])].sort((a, b) => a - b));
    fc.assert(
      fc.property(cuts, fc.nat(63), fc.integer({ min: 1, max: 64 }), (at, address, size) => {
        const pieces = at
          .slice(1)
          .map((end, index) => ({ address: at[index] ?? 0, bytes: whole.slice(at[index], end) }));
        const read = flashBytes(pieces).read({ address, size });
        expect(read).toEqual(address + size <= 64 ? whole.slice(address, address + size) : undefined);
      }),
    );
  });

  it("that has a hole is not known across it, and what was read last counts", () => {
    const flash = flashBytes([
      { address: 0, bytes: pattern(8, 1) },
      { address: 12, bytes: pattern(4, 1) },
      { address: 2, bytes: Uint8Array.of(1, 2) },
    ]);
    expect(flash.read({ address: 6, size: 8 })).toBeUndefined();
    expect(flash.read({ address: 0, size: 8 })).toEqual(
      concat([pattern(8, 1).slice(0, 2), Uint8Array.of(1, 2), pattern(8, 1).slice(4)]),
    );
  });
});
