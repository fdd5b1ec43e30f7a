import { TABLE_LENGTH, TABLE_SECTOR } from "../table/options";
import { hex } from "../text/units";
import { arrayText, type HeaderTable, rowComments, sectorOf } from "./arrayText";
import { type HeaderMigration, migrationAssertions, migrationText, SOURCE_ARRAY } from "./headerMigration";
import { macroValues } from "./headerPatch";
import { tableMacros } from "./macros";
import { type Provenance, provenanceText } from "./provenance";
import { TABLE_ARRAY } from "./tableArray";

/** A complete header with the names of the published repartitioner, for C and C++. The same input gives the same bytes. */
export const createHeader = (table: HeaderTable, provenance: Provenance): string =>
  headerOf(table, provenance, { owner: "yours.", includes: "", declarations: "", assertions: "" });

/** The same with what a generated repartitioner has to know besides. */
export const createMigrationHeader = (
  table: HeaderTable,
  provenance: Provenance,
  migration: HeaderMigration,
): string =>
  headerOf(table, provenance, {
    owner:
      "made by\n * 'crossflash scaffold', which has to run again after MicroPython or a table has changed.",
    includes: MIGRATION_INCLUDES,
    declarations: `${migrationText(migration, STYLE)}\n\n`,
    assertions: sizeAssertion(SOURCE_ARRAY, TABLE_LENGTH, "be whole") + migrationAssertions,
  });

/** What only some headers have. */
interface Additions {
  /** Whose everything is that an export does not change. */
  readonly owner: string;
  readonly includes: string;
  readonly declarations: string;
  readonly assertions: string;
}

const STYLE = { lineEnd: "\n", indent: "    ", closingIndent: "", upperCase: false };

function headerOf(
  { table, entries, md5Row, extraSubtypes }: HeaderTable,
  provenance: Provenance,
  { owner, includes, declarations, assertions }: Additions,
): string {
  const rows = arrayText(sectorOf(table), rowComments(entries, md5Row, extraSubtypes), STYLE);
  const values = macroValues(entries);
  const macros = tableMacros.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`#define ${name} ${hex(value)}`];
  });
  return `/*
 * The partition table of this device after the migration, as its flash sector holds it.
 * ${provenanceText(provenance)}
 * Exporting again changes the bytes, the values of the macros and the line above; everything else is ${owner}
 */
#ifndef REPARTITION_H
#define REPARTITION_H

${includes}${macros.map((macro) => `${macro}\n`).join("")}
/* In C++ a byte like 0xaa is no value of a signed char. */
#ifdef __cplusplus
typedef unsigned char final_table_byte_t;
#else
typedef char final_table_byte_t;
#endif

static const final_table_byte_t ${TABLE_ARRAY}[${hex(TABLE_SECTOR)}] = {${rows}};

${declarations}${sizeAssertion(TABLE_ARRAY, TABLE_SECTOR, "fill its flash sector")}${assertions}
#endif /* REPARTITION_H */
`;
}

/** The configuration tells what the project is built for. */
const MIGRATION_INCLUDES = `#include <stdint.h>
#ifdef ESP_PLATFORM
#include "sdkconfig.h"
#endif

`;

/** ESP-IDF v3.3 compiles as C99, where its GCC has `_Static_assert` as an extension. */
function sizeAssertion(name: string, size: number, duty: string): string {
  const assertion = `(sizeof(${name}) == ${hex(size)}, "the table must ${duty}");`;
  return `#if defined(__cplusplus) && __cplusplus >= 201103L
static_assert${assertion}
#elif !defined(__cplusplus) && (defined(__GNUC__) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L))
_Static_assert${assertion}
#endif
`;
}
