import { TABLE_SECTOR } from "../table/options";
import { hex } from "../text/units";
import { arrayText, type HeaderTable, rowComments, sectorOf } from "./arrayText";
import { macroValues } from "./headerPatch";
import { tableMacros } from "./macros";
import { type Provenance, provenanceText } from "./provenance";
import { TABLE_ARRAY } from "./tableArray";

/** A complete header with the names of the published repartitioner, for C and C++. The same input gives the same bytes. */
export function createHeader(
  { table, entries, md5Row, extraSubtypes }: HeaderTable,
  provenance: Provenance,
): string {
  const style = { lineEnd: "\n", indent: "    ", closingIndent: "", upperCase: false };
  const rows = arrayText(sectorOf(table), rowComments(entries, md5Row, extraSubtypes), style);
  const values = macroValues(entries);
  const macros = tableMacros.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`#define ${name} ${hex(value)}`];
  });
  return `/*
 * The partition table of this device after the migration, as its flash sector holds it.
 * ${provenanceText(provenance)}
 * Exporting again changes the bytes, the values of the macros and the line above; everything else is yours.
 */
#ifndef REPARTITION_H
#define REPARTITION_H

${macros.map((macro) => `${macro}\n`).join("")}
/* In C++ a byte like 0xaa is no value of a signed char. */
#ifdef __cplusplus
typedef unsigned char final_table_byte_t;
#else
typedef char final_table_byte_t;
#endif

static const final_table_byte_t ${TABLE_ARRAY}[${hex(TABLE_SECTOR)}] = {${rows}};

${sizeAssertion}
#endif /* REPARTITION_H */
`;
}

/** ESP-IDF v3.3 compiles as C99, where its GCC has `_Static_assert` as an extension. */
const sizeAssertion = `#if defined(__cplusplus) && __cplusplus >= 201103L
static_assert(sizeof(${TABLE_ARRAY}) == ${hex(TABLE_SECTOR)}, "the table must fill its flash sector");
#elif !defined(__cplusplus) && (defined(__GNUC__) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L))
_Static_assert(sizeof(${TABLE_ARRAY}) == ${hex(TABLE_SECTOR)}, "the table must fill its flash sector");
#endif
`;
