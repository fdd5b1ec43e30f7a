import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeOtadata, otaEntry } from "../../core/ota/otadata";
import type { Answer, Effect } from "../../core/sim/effect";
import { flashOf } from "../../core/sim/flash/flash";
import { imageAt } from "../../core/sim/flash/verifyImage";
import { actions, type DeviceFacts, decide, factValues } from "../../core/sim/repartitioner/decide";
import { nextSeq } from "../../core/sim/repartitioner/otadata";
import { canBeProgrammed, tableState } from "../../core/sim/repartitioner/tables";
import { pauseAfter } from "../../core/sim/repartitioner/units";
import { blank, concat, padTo, pattern } from "../support/bytes";
import {
  MICROPYTHON_ROWS,
  makeApp,
  makeImage,
  makeMicroPython,
  makeTable,
  sealAgain,
} from "../support/imageFixture";
import { canBuildDriver } from "./support/build";
import {
  decideCommand,
  imageLengthCommand,
  nextSeqCommand,
  otaEntryCommand,
  pauseAfterCommand,
  tableStateCommand,
} from "./support/command";
import { useDriver } from "./support/driver";

/** Of the C enumeration `rp_table_state_t`. */
const tableStates = factValues.table;
const SECTOR = 0x1000;
/** A property that fails says with which seed it can be seen again. */
const RUNS = 300;

describe.runIf(canBuildDriver)("the C core and the TypeScript of the simulator", () => {
  const driver = useDriver();

  it("decide the same on every device that there can be", () => {
    const all = allFacts();
    expect(all.length).toBe(3 * 4 * 3 * 2 * 3 * 2 * 2 * 2 * 2 * 2);
    for (const facts of all)
      expect(actions[driver().call(decideCommand(facts)).a], JSON.stringify(facts)).toBe(decide(facts));
  });

  it("wait equally long after each failure", () => {
    for (let failures = 1; failures <= 40; failures++)
      expect(driver().call(pauseAfterCommand(failures)).a).toBe(pauseAfter(failures));
  });

  describe("otadata", () => {
    const vectors: { readonly crc: readonly (readonly [number, string])[] } = JSON.parse(
      readFileSync(new URL("../vectors/otadata/index.json", import.meta.url), "utf8"),
    );

    it("has the CRCs of Espressif's own code, and the same bytes", () => {
      expect(vectors.crc.length).toBeGreaterThan(20);
      for (const [seq, crc] of vectors.crc) {
        const { bytes } = driver().call(otaEntryCommand(seq));
        expect(new DataView(bytes.buffer).getUint32(28, true)).toBe(Number(crc));
        expect(bytes).toEqual(encodeOtadata([otaEntry(seq), otaEntry(seq)]).slice(0, 32));
      }
    });

    it("goes on with the same number, at the end of all numbers too", () => {
      const slot = fc
        .tuple(fc.nat(16), fc.integer({ min: 1, max: 16 }))
        .map(([index, count]) => ({ index, count }));
      const last = fc.oneof(
        fc.nat(1000),
        fc.integer({ min: 0xfffffe00, max: 0xfffffffe }),
        fc.integer({ min: 0, max: 0xfffffffe }),
      );
      const slots = fc.array(slot, { minLength: 1, maxLength: 2 });
      fc.assert(
        fc.property(last, slots, (seq, chosen) => {
          const choices = chosen.map((choice) => ({ ...choice, isDefault: false }));
          expect(driver().call(nextSeqCommand(seq, chosen)).a).toBe(nextSeq(seq, choices) ?? 0);
        }),
        { numRuns: RUNS },
      );
    });
  });

  describe("the sector of the table", () => {
    const source = makeTable([
      { label: "otadata", type: 1, subtype: 0, offset: 0xe000, size: 0x2000 },
      { label: "app0", type: 0, subtype: 0x10, offset: 0x10000, size: 0x140000 },
    ]);
    const target = padTo(makeTable(MICROPYTHON_ROWS), SECTOR);
    const compare = (found: Uint8Array): string => {
      const { a, bytes } = driver().call(tableStateCommand(source, target, found));
      const state = tableState(found, { sourceTable: source, targetTable: target });
      expect(tableStates[a]).toBe(state);
      expect(bytes[0] === 1).toBe(canBeProgrammed(found, target));
      return state;
    };

    it("is called the same, whole, torn at every byte, or foreign", () => {
      const seen = new Map<string, number>();
      const count = (found: Uint8Array): void => {
        const state = compare(found);
        seen.set(state, (seen.get(state) ?? 0) + 1);
      };
      for (let at = 0; at <= 0xc00; at += 4) {
        count(padTo(target.slice(0, at), SECTOR));
        count(padTo(concat([blank(at), source.slice(at)]), SECTOR));
      }
      // The rows of the target table have 160 bytes: what is written behind them changes nothing.
      expect(Object.fromEntries(seen)).toEqual({ torn: 808, target: 729, source: 1 });
    });

    it("is called the same with any bits of it changed", () => {
      const start = fc.constantFrom(padTo(source, SECTOR), target, blank(SECTOR));
      const change = fc.tuple(fc.nat(0x1000 - 1), fc.nat(255), fc.constantFrom("set", "clear", "is"));
      const changed = fc.property(start, fc.array(change, { maxLength: 4 }), (bytes, changes) => {
        const found = bytes.slice();
        for (const [at, value, how] of changes) {
          const before = found[at] ?? 0;
          found[at] = how === "set" ? before | value : how === "clear" ? before & value : value;
        }
        compare(found);
      });
      fc.assert(changed, { numRuns: RUNS });
    });
  });

  describe("an image in a slot", () => {
    const AT = 0x10000;
    const apps = [
      makeApp(),
      makeApp({ hash: "none" }),
      makeApp({ size: 0x3000 }),
      makeApp({ size: 0x2ff0 }),
      makeMicroPython(),
      makeApp({ chip: "esp32c3" }),
    ];
    const lengths = (image: Uint8Array, size: number): readonly number[] => {
      const bytes = blank(AT + 0x10000);
      bytes.set(image, AT);
      const expected = imageAt(flashOf(bytes), { offset: AT, size }, 0);
      const question = driver().task(imageLengthCommand(bytes.length, 0, { offset: AT, size }));
      return [expected, resultOf(question, bytes)];
    };

    it("has the same length, in a slot of any size", () => {
      const found = apps.map((app) =>
        [0x10000, app.length, app.length - 1, app.length - 33, 24, 23, 0].map((size) => {
          const [expected, length] = lengths(app, size);
          expect(length).toBe(expected);
          return length;
        }),
      );
      const whole = (app: Uint8Array | undefined) => [app?.length, app?.length, 0, 0, 0, 0, 0];
      expect(found).toEqual([...apps.slice(0, 5).map(whole), [0, 0, 0, 0, 0, 0, 0]]);
    });

    it("is refused alike with any bytes of it changed, sealed again or not", () => {
      const at = fc.oneof(fc.nat(64), fc.nat(0x3000));
      const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0xff, 0x80));
      const changes = fc.array(fc.tuple(at, value), { minLength: 1, maxLength: 6 });
      const changed = fc.property(fc.constantFrom(...apps), changes, fc.boolean(), (app, list, isSealed) => {
        const image = app.slice();
        for (const [place, byte] of list) if (place < image.length) image[place] = byte;
        // Where a segment is mapped to only the bootloader knows: it takes a list of addresses of the chip.
        image.set(app.subarray(24, 28), 24);
        const [expected, length] = lengths(isSealed ? sealAgain(image) : image, 0x10000);
        expect(length).toBe(expected);
      });
      fc.assert(changed, { numRuns: RUNS });
    });

    it("is none where a segment is longer than all numbers", () => {
      for (const size of [0xffffffff, 0xfffffffc, 0xffffffe0, 0x80000000, 0x7ffffffc, 0xffff0000]) {
        const image = makeApp();
        new DataView(image.buffer).setUint32(28, size, true);
        expect(lengths(image, 0x10000)).toEqual([0, 0]);
      }
    });

    it("is none where only its form is wrong", () => {
      const segment = (size: number) => ({ loadAddress: 0x3fff0030, data: pattern(size, 1) });
      const whole = makeImage({ segments: [segment(100)] });
      const changed = (at: number, ...bytes: readonly number[]): Uint8Array => {
        const image = whole.slice();
        image.set(bytes, at);
        return sealAgain(image);
      };
      expect(lengths(whole, 0x10000)).toEqual([whole.length, whole.length]);
      const wrong = [
        makeImage({ segments: [segment(101)] }),
        makeImage({ segments: Array.from({ length: 17 }, () => segment(4)) }),
        changed(8, 0x00, 0x00, 0xff, 0x3f),
        changed(12, 0x05),
        changed(23, 2),
      ];
      for (const image of wrong) expect(lengths(image, 0x10000)).toEqual([0, 0]);
    });

    it("is none outside flash", () => {
      const bytes = blank(AT);
      for (const offset of [AT, AT - 8, 0xffffff00, 0xffffffff]) {
        const question = driver().task(imageLengthCommand(AT, 0, { offset, size: 0x100000 }));
        expect(resultOf(question, bytes)).toBe(0);
      }
    });
  });
});

function allFacts(): readonly DeviceFacts[] {
  let all: Record<string, string>[] = [{}];
  for (const [fact, values] of Object.entries(factValues))
    all = all.flatMap((facts) => values.map((value) => ({ ...facts, [fact]: value })));
  return all as unknown as DeviceFacts[];
}

/** Answers reads from the bytes, and gives what the command has come to. */
function resultOf(question: Generator<Effect, { readonly a: number }, Answer>, bytes: Uint8Array): number {
  let answer: Answer;
  for (;;) {
    const step = question.next(answer);
    if (step.done) return step.value.a;
    if (step.value.kind !== "read") throw new Error(`asked for ${step.value.kind}`);
    answer = bytes.slice(step.value.offset, step.value.offset + step.value.size);
  }
}
