import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Extent } from "../../core/migrate/solve/spaces";
import { encodeOtadata, OtaState, otaEntry, seqCrc } from "../../core/ota/otadata";
import type { Program } from "../../core/sim/effect";
import { contentStore } from "../../core/sim/flash/contents";
import type { Flash } from "../../core/sim/flash/flash";
import type { RepartitionerConfig } from "../../core/sim/repartitioner/config";
import { repartitioner } from "../../core/sim/repartitioner/repartitioner";
import { seeded } from "../../core/sim/seeded";
import { endOf } from "../../core/table/entry";
import { ascii, concat, padTo, pattern, words } from "../support/bytes";
import { makeTable, type RowFixture } from "../support/imageFixture";
import { type BareLife, bareLife } from "./support/bare";
import { canBuildDriver } from "./support/build";
import { useDriver } from "./support/driver";
import {
  configOf,
  deliveredFlash,
  FLASH_SIZE,
  imagesOf,
  migrations,
  named,
  OTADATA,
  put,
  TABLE,
} from "./support/migrations";

const SECTOR = 0x1000;
const beside = named("published, delivered beside the runner");
const inPlace = named("published, delivered where it runs");

describe.runIf(canBuildDriver)("the C core and the simulated repartitioner, whatever flash holds,", () => {
  const driver = useDriver();
  const { repartitioner: app, firmware } = imagesOf(beside);
  const store = contentStore();
  const start = deliveredFlash(beside, store);
  /** Not of this device: so no table of these rows is the one that it knows. */
  const foreign = configOf(named("from three slots to two"));
  const both = (config: RepartitionerConfig, flash: Flash, running: number): BareLife => {
    const expected = bareLife(repartitioner(config), flash, running);
    const { flash: found, ...rest } = bareLife(driver().program(config, FLASH_SIZE), flash, running);
    const { flash: left, ...same } = expected;
    expect(rest).toEqual(same);
    expect(found.key).toBe(left.key);
    return expected;
  };
  const offset = fc.oneof(
    fc.constantFrom(0, 0x1000, TABLE, 0x9000, OTADATA, 0xf000, 0x10000, 0x60000, 0xb0000, 0xff000),
    fc.integer({ min: 0, max: 0xffffffff }),
  );
  const size = fc.oneof(
    fc.constantFrom(0, 0x1000, 0x2000, 0x10000, 0x50000, 0xf0000, 0xffffffff),
    fc.integer({ min: 0, max: 0xffffffff }),
  );
  const kind = fc.constantFrom([0, 0], [0, 0x10], [0, 0x11], [0, 0x1f], [0, 0x20], [1, 0], [1, 2]);
  const strange = fc.array(
    fc.record({ kind, offset, size }).map(
      ({ kind: [type = 0, subtype = 0], ...place }): RowFixture => ({
        label: "x",
        type,
        subtype,
        ...place,
      }),
    ),
    { maxLength: 2 },
  );
  const rows = fc
    .tuple(strange, fc.subarray([...beside.source]), strange)
    .map(([front, usual, end]) => [...front, ...usual, ...end]);
  const running = fc.constantFrom(0x10000, 0x60000, 0xb0000, 0, 0xffffffff);

  it("nothing is written but otadata, and that only where the table says and nothing else is", () => {
    const property = fc.property(rows, running, (list, place) => {
      const flash = put(start, TABLE, padTo(makeTable(list), SECTOR));
      const { changes } = both(foreign, flash, place);
      for (const { offset: at } of changes) {
        expect(at).toBeGreaterThanOrEqual(TABLE + SECTOR);
        const isSaid = list.some(
          (row) => row.type === 1 && row.subtype === 0 && row.offset <= at && at < row.offset + 2 * SECTOR,
        );
        expect(isSaid).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 400 });
    const usual = put(start, TABLE, padTo(makeTable(beside.source.slice(0, 4)), SECTOR));
    expect(both(foreign, usual, beside.delivered).changes.map(({ offset: at }) => at)).toEqual([0xf000]);
  });

  it("otadata may be anything", () => {
    const seq = fc.oneof(fc.nat(20), fc.integer({ min: 0xfffffff0, max: 0xffffffff }), fc.nat(0xffffffff));
    const state = fc.constantFrom(0, 1, 2, 3, 4, 5, OtaState.undefined);
    const entry = fc
      .tuple(seq, state, fc.constantFrom("right", "wrong", "blank"))
      .map(([number, value, crc]) => ({
        ...otaEntry(number, value),
        crc: { right: seqCrc(number), wrong: seqCrc(number) ^ 1, blank: 0xffffffff }[crc],
      }));
    const property = fc.property(entry, entry, fc.constantFrom(...migrations), (first, second, migration) => {
      const flash = put(deliveredFlash(migration, store), OTADATA, encodeOtadata([first, second]));
      for (const place of [migration.delivered, migration.runner])
        both(configOf(migration), put(flash, place, app.bytes), place);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("of two entries of otadata with the same number the first one counts, and is kept", () => {
    const entry = otaEntry(2, OtaState.new);
    const flash = put(start, OTADATA, encodeOtadata([entry, entry]));
    const [first] = both(configOf(beside), flash, beside.delivered).changes;
    expect(first).toEqual({ op: "erase", offset: OTADATA + SECTOR, size: SECTOR });
  });

  it("otadata that begins within a sector is none", () => {
    const crooked = beside.source.map((row) =>
      row.label === "otadata" ? { ...row, offset: OTADATA - 0x10 } : row,
    );
    const flash = put(start, TABLE, padTo(makeTable(crooked), SECTOR));
    expect(both(foreign, flash, beside.delivered).changes).toEqual([]);
  });

  it.each([0, SECTOR])("a LittleFS whose superblock stands at %i is kept, and nothing else is", (at) => {
    const config = configOf(inPlace);
    const changed = put(deliveredFlash(inPlace, store), TABLE, config.targetTable);
    const erases = (magic: string): boolean => {
      const files = put(changed, config.filesystemOffset, pattern(2 * SECTOR, 5));
      const bytes = concat([pattern(8, 6), ascii(magic), pattern(16, 7)]);
      const flash = put(files, config.filesystemOffset + at, bytes);
      return both(config, flash, inPlace.runner).changes.some(
        ({ offset: place }) => place >= config.filesystemOffset,
      );
    };
    expect([erases("littlefs"), erases("littlefz")]).toEqual([false, true]);
  });

  it("so may be all the rest", () => {
    const piece = fc.tuple(fc.nat(FLASH_SIZE / SECTOR - 1), fc.nat(1000));
    const property = fc.property(fc.array(piece, { maxLength: 20 }), fc.boolean(), (pieces, isTarget) => {
      const config = configOf(inPlace);
      let flash = deliveredFlash(inPlace, store);
      if (isTarget) flash = put(flash, TABLE, config.targetTable);
      for (const [sector, seed] of pieces) flash = put(flash, sector * SECTOR, pattern(SECTOR, seed));
      both(config, flash, inPlace.runner);
    });
    fc.assert(property, { numRuns: 60 });
  });

  it("what cannot be read now and then costs time, and no place that is nobody's to write", () => {
    const property = fc.property(
      fc.nat(),
      fc.constantFrom(...migrations),
      fc.boolean(),
      (seed, migration, isDone) => {
        const config = configOf(migration);
        let flash = deliveredFlash(migration, store);
        if (isDone) flash = put(put(flash, TABLE, config.targetTable), migration.runner, app.bytes);
        const place = isDone ? migration.runner : migration.delivered;
        const life = bareLife(unreliable(driver().program(config, FLASH_SIZE), seeded(seed)), flash, place);
        const slots = migration.target.filter(
          ({ offset: at }) => at === config.runnerOffset || at === config.receiverOffset,
        );
        const allowed = [...config.eraseList, ...slots, { offset: OTADATA, size: 2 * SECTOR }];
        for (const change of life.changes) {
          const isTable =
            change.offset === TABLE && life.log.includes("crossflash: step=verify-table result=ok");
          expect(isTable || allowed.some((extent) => isWithin(change, extent))).toBe(true);
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  it("images that claim to be longer than their slot are none", () => {
    const claim = concat([firmware.bytes.slice(0, 28), words(0xfffffffc), firmware.bytes.slice(32)]);
    const flash = put(start, beside.firmware, claim);
    const unknown = put(flash, TABLE, padTo(makeTable(beside.source.slice(0, 4)), SECTOR));
    expect(both(foreign, unknown, beside.delivered).changes).toEqual([]);
  });
});

/** One of twenty reads fails; only the C core can be told so. */
function* unreliable(program: Program, random: () => number): Program {
  let step = program.next();
  while (!step.done) {
    const { kind } = step.value;
    const answer = yield step.value;
    step = program.next(kind === "read" && random() % 20 === 0 ? false : answer);
  }
}

const isWithin = (inner: Extent, outer: Extent): boolean =>
  outer.offset <= inner.offset && endOf(inner) <= endOf(outer);
