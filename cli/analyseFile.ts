import { type Analysis, analyse } from "../core/analyse";
import { type Facts, noFacts } from "../core/facts";
import { type Files, type Surroundings, surroundingsOf } from "../core/project/surroundings";
import { type Result, success } from "../core/result";
import { type Io, STANDARD_STREAM } from "./io";
import { readText, shownPath, type TextFault } from "./readText";
import type { CheckedFile } from "./report/reported";
import { checkedManifest, relativePath, rootOf } from "./surroundings";

export interface AnalysedFile {
  readonly analysis: Analysis;
  readonly table: CheckedFile;
  /** The manifest that names the table. */
  readonly manifest: CheckedFile | undefined;
  /** The folder that no path of a manifest may leave. */
  readonly root: string;
  /** The header of the manifest. */
  readonly header: string | undefined;
  /** The MicroPython of the manifest. */
  readonly micropython: string | undefined;
}

/** Analyses a table with the facts of its surroundings, over which what the command line tells wins. */
export async function analyseFile(
  file: string,
  told: Partial<Facts>,
  files: Files,
  io: Io,
): Promise<Result<AnalysedFile, TextFault>> {
  const text = await readText(file, io);
  if (!text.ok) return text;
  const root = rootOf(io.absolute(file), io);
  // What comes in on standard input has no surroundings.
  const around = file === STANDARD_STREAM ? alone : await surroundingsOf(io.absolute(file), root, files);
  const { manifestPath, headerPath, micropythonPath } = around;
  const analysis = analyse(text.value, factsOf(around, told, io));
  return success({
    analysis,
    root,
    table: { file: shownPath(file), text: text.value, problems: analysis.problems },
    manifest:
      manifestPath === undefined ? undefined : await checkedManifest(manifestPath, root, told, files, io),
    header: headerPath && relativePath(headerPath, io),
    micropython: micropythonPath && relativePath(micropythonPath, io),
  });
}

type Around = Pick<Surroundings, "facts" | "role" | "manifestPath" | "headerPath" | "micropythonPath">;

const alone: Around = { facts: noFacts, role: "alone" };

function factsOf({ facts, role }: Around, told: Partial<Facts>, { environment }: Io): Facts {
  const all = { ...facts, environment, ...told };
  // MicroPython never goes into the table that the device has today.
  const micropython = role === "source" ? undefined : all.micropython;
  return { ...all, micropython, chip: all.chip ?? micropython?.chip };
}
