import { type Analysis, analyse } from "../core/analyse";
import type { ChipTarget } from "../core/chip/targets";
import { type Facts, noFacts } from "../core/facts";
import { type Result, success } from "../core/result";
import type { ExtraSubtype } from "../core/table/subtypes";
import type { Io, ReadFault } from "./io";
import { readText, shownPath } from "./readText";
import type { CheckedFile } from "./report/reported";

/** What the command line says of a device, where it says anything. */
export interface FactOptions {
  readonly micropython?: string | undefined;
  readonly chip?: ChipTarget | undefined;
  readonly "flash-size"?: number | undefined;
  readonly "table-offset"?: number | undefined;
  readonly secure?: "v1" | "v2" | undefined;
  readonly "extra-subtype"?: readonly ExtraSubtype[];
}

export interface AnalysedFile {
  readonly analysis: Analysis;
  /** The table, and the manifest where it has problems of its own. */
  readonly files: readonly CheckedFile[];
  /** The header of the manifest. */
  readonly headerPath: string | undefined;
}

/** Analyses a table with the facts of its surroundings, over which the options win. */
export async function analyseFile(
  file: string,
  options: FactOptions,
  io: Io,
): Promise<Result<AnalysedFile, ReadFault | "not-text">> {
  const text = await readText(file, io);
  if (!text.ok) return text;
  const facts: Facts = noFacts;
  const analysis = analyse(text.value, { ...facts, ...told(options) });
  const files = [{ file: shownPath(file), text: text.value, problems: analysis.problems }];
  return success({ analysis, files, headerPath: undefined });
}

/** Only what is told, so that it does not hide what the surroundings know. */
function told(options: FactOptions): Partial<Facts> {
  const facts = {
    chip: options.chip,
    flashSize: options["flash-size"],
    tableOffset: options["table-offset"],
    secure: options.secure,
    extraSubtypes: options["extra-subtype"],
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
