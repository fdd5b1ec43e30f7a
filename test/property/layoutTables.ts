import fc from "fast-check";
import type { LayoutIntent } from "../../core/edit/intent";
import { alignUp, csvSize, hex } from "../../core/text/units";

/** How a number is written; a size may name its end instead. */
const notation = fc.constantFrom("hex", "decimal", "unit", "capitals", "end");
type Notation = typeof notation extends fc.Arbitrary<infer T> ? T : never;

/** One row of a table in which everything is in order, and what stands around it. Sizes in sectors. */
const orderly = fc.record({
  kind: fc.constantFrom(
    "data, nvs",
    "data, fat",
    "data,",
    "0x40, 1",
    "app, factory",
    "app, ota_0",
    "app, ota_3",
  ),
  gap: fc.constantFrom(0, 0, 0, 0, 1, 3, 16),
  sectors: fc.integer({ min: 1, max: 40 }),
  offsetIsBlank: fc.boolean(),
  offsetAs: notation,
  sizeAs: notation,
  tail: fc.constantFrom("", "", ",", ", readonly", ", encrypted , # note"),
  above: fc.constantFrom("", "", "", "# about the next", "   ", "#"),
  comma: fc.constantFrom(",", ", ", ",\t", " ,  "),
  primary: fc.constantFrom(
    ...Array(12).fill(""),
    "bootloader, bootloader, primary",
    "table, partition_table, primary,,,",
  ),
});

const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

/** Partitions that do not overlap, in the order of their offsets, each written in its own way. */
export const orderlyTable = fc
  .tuple(fc.array(orderly, { maxLength: 8, size: "max" }), lineEnd, fc.boolean(), fc.boolean())
  .map(([rows, eol, isClosed, hasHeading]) => {
    let end = 0x9000;
    const lines = hasHeading ? ["# Name, Type, SubType, Offset, Size, Flags"] : [];
    for (const [index, row] of rows.entries()) {
      const offset = alignUp(end + row.gap * 0x1000, row.kind.startsWith("app") ? 0x10000 : 0x1000);
      const size = row.sectors * 0x1000;
      const isNatural = row.gap === 0;
      end = offset + size;
      const cells = [
        `p${index}`,
        ...row.kind.split(","),
        isNatural && row.offsetIsBlank ? "" : spelled(offset, row.offsetAs === "end" ? "hex" : row.offsetAs),
        row.sizeAs === "end" ? `-${hex(end)}` : spelled(size, row.sizeAs),
      ];
      if (row.primary !== "") lines.push(row.primary);
      if (row.above !== "") lines.push(row.above);
      lines.push(cells.map((cell) => cell.trim()).join(row.comma) + row.tail);
    }
    return lines.join(eol) + (isClosed ? eol : "");
  });

function spelled(value: number, as: Notation): string {
  if (as === "decimal") return String(value);
  if (as === "unit") return csvSize(value);
  return as === "capitals" ? hex(value).replace(/[a-f]/g, (digit) => digit.toUpperCase()) : hex(value);
}

const cell = {
  name: fc.constantFrom("nvs", "app0", "vfs", "", "a_name_of_more_than_16_bytes", "漢字", "x$SIZE"),
  kind: fc.constantFrom(
    "data, nvs",
    "data,",
    "app, ota_0",
    "app,",
    "dat, nvs",
    "0x40, 1",
    "bootloader, primary",
    "bootloader, recovery",
    "partition_table, ota",
  ),
  offset: fc.constantFrom(
    "",
    "",
    "",
    "0x9000",
    "0xe000",
    "0x10000",
    "0x150000",
    "0x8000",
    "0x11000",
    "-1",
    "1Q",
    "64k",
  ),
  size: fc.constantFrom(
    "0x2000",
    "24K",
    "1M",
    "0x1800",
    "17M",
    "0",
    "",
    "1000",
    "-0x400000",
    "-0x9000",
    "1.5M",
    "$SIZE",
    "4G",
  ),
  flags: fc.constantFrom("", "", ",", ", readonly", ", encrypted, readonly", ", , # note", ", Encrypted"),
};

/** Rows with all mistakes that people make; also without their last columns. */
const wrongRow = fc
  .tuple(cell.name, cell.kind, cell.offset, cell.size, cell.flags, fc.integer({ min: 1, max: 99 }))
  .map(([name, kind, offset, size, flags, length]) =>
    `${name}, ${kind}, ${offset}, ${size}${flags}`.split(",").slice(0, length).join(","),
  );

export const wrongTable = fc
  .tuple(
    fc.array(fc.oneof(wrongRow, wrongRow, fc.constantFrom("", "# comment", "$UNKNOWN, data")), {
      maxLength: 8,
    }),
    lineEnd,
    fc.boolean(),
  )
  .map(([rows, eol, isClosed]) => rows.join(eol) + (isClosed ? eol : ""));

/** Mostly a row that is there. */
const row = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.constant(9));
const offset = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 0x20 }).map((pages) => pages * 0x10000) },
  { weight: 3, arbitrary: fc.integer({ min: 9, max: 0x60 }).map((sectors) => sectors * 0x1000) },
  fc.constantFrom(0, 0x8000, 0x9800, 0xfffff000),
);
const size = fc.oneof(
  { weight: 7, arbitrary: fc.integer({ min: 1, max: 64 }).map((sectors) => sectors * 0x1000) },
  fc.constantFrom(0, 0x800, 0x100000, 0xffffffff),
);
/** Now and then what cannot be written. */
const mostly = (...values: string[]) => ({
  except: (...others: string[]) =>
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, fc.constantFrom(...others)),
});
const typed = fc.option(
  mostly("", "0x9000", "4K", "vfs", " data ", "app", "12Q").except("#", "a,b", "x$SIZE"),
  {
    nil: undefined,
  },
);

/** Whatever somebody may want of a table, sensible or not. */
export const anyIntent: fc.Arbitrary<LayoutIntent> = fc.oneof(
  fc.record({
    kind: fc.constant("place" as const),
    places: fc.array(fc.record({ row, offset, size }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant("add" as const),
    name: mostly("vfs", "p0", "", " spaced ", "a_name_of_more_than_16_bytes").except("#", "a,b", "$UNKNOWN"),
    type: mostly("data", "0x40", "1").except("app", "dat", "", "bootloader"),
    subtype: mostly("0x99", "", "10").except("fat", "ota_1", "300"),
    offset,
    size,
  }),
  fc.record({ kind: fc.constant("delete" as const), row }),
  fc.record({ kind: fc.constant("reorder" as const), row, before: fc.option(row) }),
  fc.record({
    kind: fc.constant("write" as const),
    row,
    cells: fc.record({ name: typed, type: typed, subtype: typed, offset: typed, size: typed, flags: typed }),
  }),
);
