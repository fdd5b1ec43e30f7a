import { decodeTable } from "../table/decode";
import { lineOf } from "./cSource";
import { macroValues } from "./headerPatch";
import { findMacros, type TableMacro, tableMacros } from "./macros";
import { compiledBytes, findTableArray } from "./tableArray";

/** A macro of a header whose number is not that of the table in the same header. */
export interface MacroConflict {
  readonly name: TableMacro;
  /** Number of the line, from 1. */
  readonly line: number;
  /** What the header says, and what its array says; undefined where the array has no such partition. */
  readonly value: number;
  readonly ofArray: number | undefined;
}

/** Compares the macros of a header with its array; nothing where one of both cannot be read. */
export function macroConflicts(text: string): MacroConflict[] {
  const array = findTableArray(text);
  const macros = findMacros(text, tableMacros);
  const table = array.ok ? decodeTable(compiledBytes(array.value)) : undefined;
  if (!macros.ok || !table?.ok) return [];
  const values = macroValues(table.value.entries);
  return macros.value
    .map(({ name, at, literal }) => ({
      name,
      line: lineOf(text, at.start),
      value: literal.value,
      ofArray: values[name],
    }))
    .filter(({ value, ofArray }) => value !== ofArray);
}
