import type { Analysis } from "../analyse";
import { failure, type Result, success } from "../result";
import { cellOf } from "../table/csv";
import { setCell } from "../table/edit";
import { LABEL_LENGTH } from "../table/label";
import { strip } from "../text/python";
import type { Span, TextEdit } from "../text/span";
import { cellAt } from "./cursor";

export type RenameFault = "no-label" | "empty" | "too-long" | "taken" | "forbidden";

/** The label under the cursor, if there is one that can be renamed. */
export function labelAt({ csv }: Analysis, offset: number): Span | undefined {
  const cursor = cellAt(csv, offset);
  const isLabel = cursor?.column === "name" && cursor.row.verbatim && cursor.cell.text !== "";
  return isLabel ? cursor.cell.span : undefined;
}

/** Renames the partition under the cursor; refused are names that a table cannot hold or that two would have. */
export function rename(analysis: Analysis, offset: number, newName: string): Result<TextEdit[], RenameFault> {
  const row = cellAt(analysis.csv, offset)?.row;
  if (!row || !labelAt(analysis, offset))
    return failure("no-label", offset, "Only the name of a partition can be renamed.");
  const name = strip(newName);
  const others = analysis.csv.rows.filter((other) => other !== row);
  const fault = refusal(
    name,
    others.map((other) => cellOf(other, "name").text),
  );
  return fault ? failure(fault[0], offset, fault[1]) : success([setCell(row, "name", name)]);
}

function refusal(name: string, taken: readonly string[]): [RenameFault, string] | undefined {
  const bytes = new TextEncoder().encode(name).length;
  if (name === "") return ["empty", "Write a name: applications find the partition by it."];
  if (bytes > LABEL_LENGTH)
    return ["too-long", `'${name}' is ${bytes} bytes long; a partition table holds ${LABEL_LENGTH}.`];
  if (/[,\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/.test(name))
    return ["forbidden", "A name cannot hold a comma or a line end: it would end the field."];
  if (/^#|\$/.test(name))
    return ["forbidden", "A name cannot begin with '#' (a comment) or hold '$' (a variable)."];
  return taken.includes(name) ? ["taken", `Another partition is already called '${name}'.`] : undefined;
}
