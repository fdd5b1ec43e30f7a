import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  activeEntry,
  type BootIndex,
  type BootloaderKind,
  bootChoice,
  bootOrder,
  bootTable,
  initialEntry,
} from "../../../core/ota/bootChoice";
import {
  blankEntry,
  decodeOtadata,
  encodeOtadata,
  type OtaData,
  type OtaEntry,
  OtaState,
  otadataSelecting,
  otaEntry,
  seqCrc,
} from "../../../core/ota/otadata";
import { blank } from "../../support/bytes";
import { type CSlots, selectedByC } from "./selectedByC";

type Case = [string, string, BootloaderKind, number, boolean, string[], string[]];
interface Vectors {
  readonly crc: readonly [number, string][];
  readonly tables: Readonly<Record<string, readonly [string, number, number, number, number][]>>;
  readonly otadata: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL("../../vectors/otadata/index.json", import.meta.url), "utf8"),
);

const tableOf = (name: string) =>
  bootTable(
    (vectors.tables[name] ?? []).map(([label, type, subtype, offset, size]) => ({
      label,
      type,
      subtype,
      offset,
      size,
    })),
  );

function bytesOf(name: string): Uint8Array {
  const bytes = blank(0x2000);
  (vectors.otadata[name] ?? "").split(" ").forEach((entry, index) => {
    bytes.set(Buffer.from(entry, "hex"), index * 0x1000);
  });
  return bytes;
}

const decoded = (bytes: Uint8Array): OtaData => {
  const otadata = decodeOtadata(bytes);
  if (!otadata.ok) throw new Error(otadata.message);
  return otadata.value;
};

const numberOf = (index: BootIndex): number => (index === "factory" ? -1 : index);

describe("the CRC of a sequence number", () => {
  it.each(vectors.crc)("of %i is %s", (seq, crc) => expect(seqCrc(seq)).toBe(Number(crc)));
});

describe("Espressif's bootloader and ours choose alike", () => {
  it.each(vectors.cases)("%s, %s, %s: slot %i", (table, name, kind, selected, initialises, tries, writes) => {
    const boot = tableOf(table);
    const stored = decoded(bytesOf(name));
    const choice = bootChoice(boot, stored, kind);
    expect(numberOf(choice.index)).toBe(selected);
    expect(choice.initialises).toBe(initialises);
    expect(bootOrder(boot, choice.index).map(({ offset }) => offset)).toEqual(
      tries.map((text) => Number(text.split("@")[1])),
    );
    const written = choice.otadata.flatMap(({ seq, state }, sector) =>
      state === stored[sector]?.state
        ? []
        : [
            `0x${((boot.otadata?.offset ?? 0) + sector * 0x1000).toString(16)} 0x${seq.toString(16)} 0x${state.toString(16)}`,
          ],
    );
    expect(written).toEqual(writes);
  });
});

const seqs = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.constantFrom(0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff),
);
const states = fc.constantFrom(0, 1, 2, 3, 4, 5, 0x55, 0xffffffff);
const entries: fc.Arbitrary<OtaEntry> = fc
  .tuple(seqs, states, fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.integer({ min: 0, max: 3 }))
  .map(([seq, state, label, damage]) => ({ seq, state, label, crc: damage === 0 ? seq : seqCrc(seq) }));
const kinds = fc.constantFrom<BootloaderKind>("plain", "rollback", "stateless");

const otaRow = (slot: number) => ({
  type: 0,
  subtype: 0x10 + slot,
  offset: 0x10000 * (slot + 2),
  size: 0x10000,
});
const rowsOf = ({ slots, factory, otadata }: CSlots) => [
  ...(otadata ? [{ type: 1, subtype: 0, offset: 0xe000, size: 0x2000 }] : []),
  ...(factory ? [{ type: 0, subtype: 0, offset: 0x10000, size: 0x10000 }] : []),
  ...Array.from({ length: slots }, (_, slot) => otaRow(slot)),
];

describe("otadata", () => {
  it("comes back from its bytes as it was", () => {
    fc.assert(
      fc.property(entries, entries, (first, second) => {
        expect(decoded(encodeOtadata([first, second]))).toEqual([first, second]);
      }),
    );
  });

  it("comes back to the byte", () => {
    for (const name of Object.keys(vectors.otadata))
      expect(Buffer.compare(encodeOtadata(decoded(bytesOf(name))), bytesOf(name))).toBe(0);
    expect(encodeOtadata([blankEntry, blankEntry]).every((byte) => byte === 0xff)).toBe(true);
  });

  it("that is cut off is refused", () => {
    for (const length of [0, 32, 0x101f])
      expect(decodeOtadata(blank(length))).toMatchObject({ ok: false, reason: "length", at: length });
    expect(decodeOtadata(blank(0x1020)).ok).toBe(true);
  });

  it("is chosen by as a plain copy of the C chooses", () => {
    const shape = fc.record({
      slots: fc.integer({ min: 0, max: 16 }),
      factory: fc.boolean(),
      otadata: fc.boolean(),
    });
    fc.assert(
      fc.property(shape, entries, entries, kinds, (slots, first, second, kind) => {
        const { index, otadata } = bootChoice(bootTable(rowsOf(slots)), [first, second], kind);
        const expected = selectedByC(slots, [first, second], kind);
        expect([numberOf(index), ...otadata.map(({ state }) => state)]).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("otadata that selects a slot", () => {
  it("does so in every bootloader, and nothing is left on trial", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.nat(15),
        fc.boolean(),
        kinds,
        (slots, wanted, factory, kind) => {
          const slot = wanted % slots;
          const stored = decoded(otadataSelecting(slot, slots));
          const choice = bootChoice(bootTable(rowsOf({ slots, factory, otadata: true })), stored, kind);
          expect(choice).toEqual({ index: slot, otadata: stored, initialises: false });
        },
      ),
    );
  });

  it("is what a device writes for the second of two slots, in the first sector", () => {
    const bytes = otadataSelecting(1, 2);
    expect(Buffer.from(bytes.subarray(0, 32)).toString("hex")).toBe(`02000000${"ff".repeat(24)}7437f655`);
    expect(bytes.length).toBe(0x2000);
    expect(bytes.subarray(32).every((byte) => byte === 0xff)).toBe(true);
  });

  it.each([
    [2, 2],
    [-1, 2],
    [0, 0],
    [0.5, 2],
    [Number.NaN, 2],
  ])("cannot be made for slot %d of %d", (slot, count) => {
    expect(() => otadataSelecting(slot, count)).toThrow(RangeError);
  });

  it("is taken over by what a bootloader writes itself", () => {
    expect(initialEntry(0)).toMatchObject({ seq: 1, state: OtaState.valid, crc: seqCrc(1) });
    expect(activeEntry([initialEntry(0), otaEntry(2)], "plain")?.seq).toBe(2);
  });
});
