import type { Result } from "../result";
import type { ArrayFault } from "./arrayFaults";
import { findMacros, type MacroDefinition, type MacroFault, type TableMacro, tableMacros } from "./macros";
import { findTableArray, type TableArray } from "./tableArray";

/** What of a header follows from a table. Reading it takes longer than everything that is asked of it. */
export interface HeaderContent {
  /** One character for each byte, as `headerText` gives it. */
  readonly text: string;
  readonly array: Result<TableArray, ArrayFault>;
  readonly macros: Result<readonly MacroDefinition<TableMacro>[], MacroFault>;
}

export const readHeader = (text: string): HeaderContent => ({
  text,
  array: findTableArray(text),
  macros: findMacros(text, tableMacros),
});
