import fc from "fast-check";
import type { PartitionEntry } from "../../../core/table/entry";
import { alignUp } from "../../../core/text/units";
import { entriesOf, stockNames, stockTables } from "./stockTables";

/** A table that devices could have, and their flash. Sizes in bytes. */
export interface AnySource {
  readonly entries: readonly PartitionEntry[];
  readonly flashSize: number;
}

const stock: fc.Arbitrary<AnySource> = fc.constantFrom(...stockNames).map((name) => ({
  entries: entriesOf(stockTables[name].table),
  flashSize: stockTables[name].flash * 0x100000,
}));

/** What may lie in front of, between and behind the slots: type, subtype. */
const kinds = [
  [1, 0x82],
  [1, 0x81],
  [1, 0x03],
  [1, 0x99],
  [1, 0x02],
  [0x40, 1],
] as const;

/** Type, subtype, KB, and how many sectors nothing uses before it. */
const other = fc.tuple(
  fc.constantFrom(...kinds),
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 0, max: 20 }),
);

const made: fc.Arbitrary<AnySource> = fc
  .record({
    flash: fc.constantFrom(2, 4, 8, 16, 32),
    hasFactory: fc.boolean(),
    slots: fc.integer({ min: 1, max: 4 }),
    pages: fc.integer({ min: 8, max: 60 }),
    others: fc.array(other, { maxLength: 5 }),
    at: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ flash, hasFactory, slots, pages, others, at }) => {
    const apps = [...(hasFactory ? [0] : []), ...Array.from({ length: slots }, (_, slot) => 0x10 + slot)];
    const rows = [
      { type: 1, subtype: 2, size: 0x5000, gap: 0 },
      { type: 1, subtype: 0, size: 0x2000, gap: 0 },
      ...apps.map((subtype) => ({ type: 0, subtype, size: pages * 0x10000, gap: 0 })),
    ];
    for (const [index, [[type, subtype], sectors, gap]] of others.entries())
      rows.splice(1 + (at[index] ?? 0), 0, { type, subtype, size: alignUp(sectors * 0x1000, 0x3000), gap });
    return { flashSize: flash * 0x100000, entries: placed(rows) };
  });

interface Row extends Pick<PartitionEntry, "type" | "subtype" | "size"> {
  /** Sectors that nothing uses before it. */
  readonly gap: number;
}

function placed(rows: readonly Row[]): PartitionEntry[] {
  let end = 0x9000;
  return rows.map(({ type, subtype, size, gap }, index) => {
    const offset = alignUp(end + gap * 0x1000, type === 0 ? 0x10000 : 0x1000);
    end = offset + size;
    return { name: `p${index}`, type, subtype, offset, size, encrypted: false, readonly: false };
  });
}

/** Stock tables and others, with and without factory app, on 2 to 32 MB; also such that do not fit. */
export const anySource: fc.Arbitrary<AnySource> = fc.oneof(stock, made);

/** Bytes of a MicroPython, and the margin. */
export const anyBinarySize = fc.integer({ min: 600_000, max: 2_500_000 });
export const anyMargin = fc.constantFrom(0, 0.05, 0.1, 0.5);
