import { hex } from "../../core/text/units";

const start = `# Name, Type, SubType, Offset, Size, Flags
nvs,      data, nvs,     0x9000,   0x4000,
otadata,  data, ota,     0xd000,   0x2000,
phy_init, data, phy,     0xf000,   0x1000,
ota_0,    app,  ota_0,   0x10000,  0x100000,
ota_1,    app,  ota_1,   0x110000, 0x100000,
`;

/** A table without problems of this many rows: the two slots of an update, and data partitions behind them. */
export const tableOfRows = (count: number): string =>
  start + rows(count - 5, (row) => `part_${row}, data, fat, ${hex(0x210000 + row * 0x10000)}, 64K,`);

const rows = (count: number, rowOf: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => `${rowOf(row)}\n`).join("");

/** Just below the size that is not read at all. */
const mebibyte = (piece: string): string => piece.repeat(1_040_000 / piece.length);
const inSize = (piece: string): string => `a, data, nvs, , 1${mebibyte(piece)}x`;

/** Tables in which every row is wrong, as many as a table may have: each shape keeps other rules busy. */
export const wrongTables: Readonly<Record<string, string>> = {
  "95 rows on top of each other": rows(95, (row) => `p${row}, app, ota_${row % 16}, 0x10000, 1M`),
  "95 rows of one name": rows(95, () => "factory, data, nvs, , 1K"),
  "95 rows without alignment": rows(
    95,
    (row) => `p${row}, app, factory, ${hex(0x9001 + row * 0x1001)}, 0x1001`,
  ),
  "95 rows in reverse order": rows(95, (row) => `p${row}, data, fat, ${hex(0x900000 - row * 0x10000)}, 64K`),
  "95 rows of unknown words": rows(95, (row) => `p${row}, dta, fatt, 12G, 1.5Q, foo`),
  "95 rows of long names": rows(
    95,
    (row) => `name_of_more_than_16_bytes_${row}, data, ota, , 64K, , encrypted`,
  ),
};

/** Texts as long as are read, and one longer, made to cost as much as they can. */
export const hostileTables: Readonly<Record<string, string>> = {
  "5,000 rows": rows(4999, (row) => `factory_partition_${row}, app, ota_0, 0x10000, 1M, , encrypted`),
  "5,000 rows in reverse order": rows(
    4999,
    (row) => `p${row}, data, fat, ${hex(0x7fff0000 - row * 0x1000)}, 0x800`,
  ),
  "5,000 rows of 200 letters": rows(4999, () => "n".repeat(200)),
  "5,000 rows of 200 commas": rows(4999, () => ",".repeat(200)),
  "5,000 rows of variables": rows(4999, () => "$A".repeat(100)),
  "100,000 rows": rows(100_000, () => "a, data"),
  "1 MiB of line ends": mebibyte("\n"),
  "1 MiB of letters": mebibyte("a"),
  "1 MiB of commas": mebibyte(","),
  "1 MiB of semicolons": mebibyte(";"),
  "1 MiB of blanks": `${mebibyte(" ")}x`,
  "1 MiB of $A": mebibyte("$A"),
  "1 MiB of ${": mebibyte("${"),
  "1 MiB of emoji": mebibyte("😀"),
  "a size with 1 MiB of k": inSize("k"),
  "a size with 1 MiB of digits": inSize("1"),
  "a size with 1 MiB of Arabic digits": inSize("٣"),
  "a size with 1 MiB of 1_": inSize("1_"),
  "a size with 1 MiB of blanks": inSize(" "),
  "a size with 1 MiB of dots": inSize("."),
  "1 MiB of comment behind a row": inSize(" #"),
  "1 MiB of flags": `a, data, nvs, , 1M, ${mebibyte("x:")}`,
  "1 MiB of columns": `a, data, nvs, , 1M, , ${mebibyte("readonly,")}`,
  "1 MiB of blanks behind a heading": `# name, type, subtype, offset, size${mebibyte(" ")}x`,
  "more than 1 MiB": ",".repeat(2 ** 20 + 1),
};
