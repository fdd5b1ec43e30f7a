import { type Analysis, hasErrors } from "../analyse";
import { type Failure, failure, type Result, success } from "../result";
import type { EncodeFault } from "../table/encode";
import type { HeaderTable } from "./arrayText";
import { type EncodedTable, encodedTable } from "./encodedTable";
import { headerBytes, headerText } from "./headerBytes";
import { createHeader } from "./headerNew";
import { type HeaderFault, patchHeader } from "./headerPatch";

/** What a writer needs beyond the table. `existing` are the bytes of the file that is there, if one is. */
export interface ExportContext {
  /** File name of the CSV, without its folder. */
  readonly csvName: string;
  readonly toolVersion: string;
  readonly existing?: Uint8Array | undefined;
}

export interface ExportedFile {
  readonly bytes: Uint8Array;
  /** Whether the file that is there says the same already; then nothing needs to be written. */
  readonly unchanged: boolean;
  /** Sentences about what had to change beyond the bytes of the table. */
  readonly notes: readonly string[];
}

export type ExportFault = "errors" | EncodeFault | HeaderFault;

/** One format. */
export interface Writer {
  readonly id: "header" | "binary";
  readonly title: string;
  /** The name that the file has where the user gives none. */
  readonly fileName: string;
  readonly write: (analysis: Analysis, context: ExportContext) => Result<ExportedFile, ExportFault>;
}

/** Encodes the table; refused while it has errors, because what is exported must be safe to write to a device. */
export const exportTable = (analysis: Analysis): Result<EncodedTable, "errors" | EncodeFault> =>
  hasErrors(analysis) ? refused(analysis) : encodedTable(analysis);

/** What a header needs of the table; refused like `exportTable`. */
export function headerTable(analysis: Analysis): Result<HeaderTable, "errors" | EncodeFault> {
  const exported = exportTable(analysis);
  const { md5Row, extraSubtypes } = analysis.facts;
  return exported.ok ? success({ ...exported.value, md5Row, extraSubtypes }) : exported;
}

function refused({ problems }: Analysis): Failure<"errors"> {
  const errors = problems.filter(({ severity }) => severity === "error");
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  const first = errors[0];
  return failure(
    "errors",
    first?.at.start ?? 0,
    `The partition table has ${count}, so nothing was exported. The first: ${first?.message ?? ""}`,
  );
}

export const headerWriter: Writer = {
  id: "header",
  title: "C header with the array final_table",
  fileName: "repartition.h",
  write(analysis, { csvName, toolVersion, existing }) {
    const table = headerTable(analysis);
    if (!table.ok) return table;
    const provenance = { csvName, csvText: analysis.csv.text, toolVersion };
    if (existing === undefined) return newFile(headerBytes(createHeader(table.value, provenance)));
    const patch = patchHeader(headerText(existing), table.value, provenance);
    if (!patch.ok) return patch;
    const { text, edits, notes } = patch.value;
    return success({ bytes: headerBytes(text), unchanged: edits.length === 0, notes });
  },
};

export const binaryWriter: Writer = {
  id: "binary",
  title: "Partition table binary",
  fileName: "partition-table.bin",
  write(analysis, { existing }) {
    const exported = exportTable(analysis);
    if (!exported.ok) return exported;
    const { table } = exported.value;
    const unchanged = existing?.length === table.length && table.every((byte, at) => byte === existing[at]);
    return success({ bytes: table, unchanged, notes: [] });
  },
};

const newFile = (bytes: Uint8Array) => success({ bytes, unchanged: false, notes: [] });

/** One writer per format. */
export const writers: readonly Writer[] = [headerWriter, binaryWriter];
