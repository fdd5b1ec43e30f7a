import type { Result } from "../result";
import type { ArrayFault } from "./arrayFaults";
import { migrationNumbers, SOURCE_ARRAY } from "./headerMigration";
import { findMacros, type MacroDefinition, type MacroFault, type TableMacro, tableMacros } from "./macros";
import { findTableArray, type TableArray } from "./tableArray";

/** What of a header follows from a table. Reading it takes longer than everything that is asked of it. */
export interface HeaderContent {
  /** One character for each byte, as `headerText` gives it. */
  readonly text: string;
  readonly array: Result<TableArray, ArrayFault>;
  readonly macros: Result<readonly MacroDefinition<TableMacro>[], MacroFault>;
  /** What a generated header says besides; undefined in any other one. */
  readonly migration?: MigrationContent | undefined;
}

/** The numbers that follow from a migration, and the table that the devices are said to have. */
export interface MigrationContent {
  readonly numbers: Result<readonly MacroDefinition<MigrationNumber>[], MacroFault>;
  readonly source: Result<TableArray, ArrayFault>;
}

export type MigrationNumber = keyof typeof migrationNumbers;

export const readHeader = (text: string): HeaderContent => ({
  text,
  array: findTableArray(text),
  macros: findMacros(text, tableMacros),
  migration: text.includes("REPARTITION_TABLE_OFFSET") ? readMigrationContent(text) : undefined,
});

const readMigrationContent = (text: string): MigrationContent => ({
  numbers: findMacros(text, Object.keys(migrationNumbers) as MigrationNumber[]),
  source: findTableArray(text, SOURCE_ARRAY),
});
