import { failure, type Result, success } from "../result";
import type { PartitionEntry } from "../table/entry";
import { APP, DATA, OTA_0 } from "../table/subtypes";
import { applyEdits, type TextEdit } from "../text/span";
import type { ArrayFault } from "./arrayFaults";
import { arrayEdits, arrayNotes } from "./arrayPatch";
import type { HeaderTable } from "./arrayText";
import { printLike } from "./cLiteral";
import { lineOf } from "./cSource";
import type { MacroDefinition, MacroFault, TableMacro } from "./macros";
import { type Provenance, provenanceEdit } from "./provenance";
import { type HeaderContent, readHeader } from "./readHeader";
import type { TableArray } from "./tableArray";

/**
 * `no-partition`: the header has a macro for a partition that the table has not. `array-bound`: see `arrayEdits`.
 * `not-verified`: what would be written does not read back as the table.
 */
export type HeaderFault = ChangeFault | "not-verified";

/** No edits: the header already says what the table says. `notes` are sentences about what else had to change. */
export interface HeaderPatch {
  readonly edits: readonly TextEdit[];
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Writes the table into an existing header: the bytes between the braces of `final_table`, and the numbers of the
 * macros that are there. Everything else stays as it is, and so does an array whose bytes are right already. What comes
 * out has been read back.
 */
export function patchHeader(
  text: string,
  table: HeaderTable,
  provenance?: Provenance,
): Result<HeaderPatch, HeaderFault> {
  const header = readHeader(text);
  const changes = headerChanges(header, table);
  if (!changes.ok) return changes;
  const { array, bytes, macros } = changes.value;
  if (isInSync(changes.value)) return success({ edits: [], text, notes: [] });
  const edits = [...bytes, ...macros, ...provenanceEdit(text, array.braces, provenance)];
  const patched = applyEdits(text, edits);
  const again = headerChanges(readHeader(patched), table);
  if (!again.ok) return notVerified(array.braces.start, again.message);
  if (!isInSync(again.value)) return notVerified(array.braces.start, "It does not hold the table.");
  const notes = bytes.length === 0 ? [] : [...arrayNotes(text, array), ...migrationNotes(header)];
  return success({ edits, text: patched, notes });
}

/** The rest of a generated header follows from more than the table. */
const migrationNotes = ({ migration }: HeaderContent): readonly string[] =>
  migration === undefined
    ? []
    : [
        "What else this header says of the migration was not changed: run 'crossflash scaffold', or Create Repartitioner Project…, before you build.",
      ];

/** What of a header says something else than the table does. */
export interface HeaderChanges {
  readonly array: TableArray;
  readonly bytes: readonly TextEdit[];
  readonly macros: readonly TextEdit[];
}

export type ChangeFault = ArrayFault | MacroFault | "array-bound" | "no-partition";

export function headerChanges(
  { text, array, macros: found }: HeaderContent,
  table: HeaderTable,
): Result<HeaderChanges, ChangeFault> {
  if (!array.ok) return array;
  const bytes = arrayEdits(text, array.value, table);
  if (!bytes.ok) return bytes;
  const macros = found.ok ? macroEdits(text, found.value, table.entries) : found;
  if (!macros.ok) return macros;
  return success({ array: array.value, bytes: bytes.value, macros: macros.value });
}

export const isInSync = ({ bytes, macros }: HeaderChanges): boolean =>
  bytes.length === 0 && macros.length === 0;

const notVerified = (at: number, why: string) =>
  failure(
    "not-verified",
    at,
    `The header could not be read back as it would be written, so nothing was written. ${why} Shorten what stands around the array, or export into a new header.`,
  );

/** The numbers of the macros; a macro whose partition the table has not is undefined. */
export function macroValues(
  entries: readonly PartitionEntry[],
): Readonly<Record<TableMacro, number | undefined>> {
  const ota1 = entries.find(({ type, subtype }) => type === APP && subtype === OTA_0 + 1);
  const vfs = entries.find(({ type, name }) => type === DATA && name === "vfs");
  return {
    PARTITION_OTA_1_TARGET_SIZE: ota1?.size,
    PARTITION_VFS_OFFSET: vfs?.offset,
    PARTITION_VFS_SIZE: vfs?.size,
  };
}

function macroEdits(
  text: string,
  macros: readonly MacroDefinition<TableMacro>[],
  entries: readonly PartitionEntry[],
): Result<TextEdit[], "no-partition"> {
  const values = macroValues(entries);
  const edits: TextEdit[] = [];
  for (const { name, at, literal } of macros) {
    const value = values[name];
    if (value === undefined) return noPartition(text, name, at.start);
    if (value !== literal.value) edits.push({ span: at, newText: printLike(literal, value) });
  }
  return success(edits);
}

function noPartition(text: string, name: TableMacro, at: number) {
  const missing =
    name === "PARTITION_OTA_1_TARGET_SIZE" ? "app partition 'ota_1'" : "data partition named 'vfs'";
  return failure(
    "no-partition",
    at,
    `The header defines ${name} in line ${lineOf(text, at)}, but the table has no ${missing}. Add the partition to the table, or remove the macro from the header.`,
  );
}
