import { decodeTable } from "../table/decode";
import { lineOf } from "./cSource";
import { macroValues } from "./headerPatch";
import type { TableMacro } from "./macros";
import type { HeaderContent } from "./readHeader";
import { compiledBytes } from "./tableArray";

/** A macro of a header whose number is not that of the table in the same header. */
export interface MacroConflict {
  readonly name: TableMacro;
  /** Number of the line, from 1. */
  readonly line: number;
  /** What the macro says, and what the array says. */
  readonly value: number;
  readonly ofArray: number;
}

/**
 * Compares the macros of a header with its array; nothing where one of both cannot be read, or where the array has no
 * partition to compare with: then the export has something to say.
 */
export function macroConflicts({ text, array, macros }: HeaderContent): MacroConflict[] {
  const table = array.ok ? decodeTable(compiledBytes(array.value)) : undefined;
  if (!macros.ok || !table?.ok) return [];
  const values = macroValues(table.value.entries);
  return macros.value.flatMap(({ name, at, literal: { value } }) => {
    const ofArray = values[name];
    const differs = ofArray !== undefined && ofArray !== value;
    return differs ? [{ name, line: lineOf(text, at.start), value, ofArray }] : [];
  });
}
