import { hasErrors } from "../../core/analyse";
import { headerWriter } from "../../core/export/index";
import { type AnalysedFile, analyseFile } from "../analyseFile";
import { defineCommand, type ExitCode } from "../command";
import { couldNotRun, overwritesInput, refuse, sameFileFault } from "../fault";
import type { Io } from "../io";
import { flag, text } from "../options";
import { shownPath } from "../readText";
import { problemLines } from "../report/text";
import { filesOf } from "../surroundings";
import { extraSubtypes } from "../tableOptions";
import { tell } from "../tell";
import { toldFacts } from "../toldFacts";

/** No header is larger, in bytes. */
const LARGEST_HEADER = 1024 * 1024;

export default defineCommand({
  name: "export",
  summary: "Write a table into the array final_table of a header such as repartition.h.",
  description:
    "Changes the bytes of the array and the values of the macros of an existing header, nothing else; makes a complete header where there is none. A table with errors is not exported.",
  operand: { value: "FILE.csv" },
  options: {
    header: text("FILE.h", "The header; the one of crossflash.json unless told otherwise."),
    "extra-subtype": extraSubtypes,
    check: flag("Write nothing; exit code 1 when the header does not say what the table says."),
  },
  async run({ files: [file = ""], options }, io) {
    const told = await toldFacts(options, io);
    if (!told.ok) return couldNotRun(io, told);
    const analysed = await analyseFile(file, told.value, filesOf(io), io);
    if (!analysed.ok) return couldNotRun(io, analysed);
    const header = options.header ?? analysed.value.header;
    if (header === undefined) return couldNotRun(io, noHeader);
    // Where the command line points is the user's own affair; a manifest may come from somebody else.
    const { root } = analysed.value;
    if (options.header === undefined && !io.landsInside(root, header))
      return couldNotRun(io, linkedOutside(header, root));
    if (overwritesInput(io, file, header)) return couldNotRun(io, sameFileFault(file));
    tell(io, "err", problemLines(analysed.value.table));
    if (hasErrors(analysed.value.analysis))
      return refuse(io, `Nothing was exported, because ${shownPath(file)} has errors.`);
    return exportInto(header, file, analysed.value, options.check, io);
  },
});

const noHeader = {
  message: "Say which header to write with --header FILE.h; there is no crossflash.json that names one.",
};

const linkedOutside = (header: string, root: string) => ({
  message: `crossflash.json names the header '${header}', but its symbolic links do not lead to a place inside '${root}'. To write there all the same, name it with --header.`,
});

async function exportInto(
  header: string,
  file: string,
  { analysis }: AnalysedFile,
  checkOnly: boolean,
  io: Io,
): Promise<ExitCode> {
  const existing = io.exists(header) ? await io.read(header, LARGEST_HEADER) : undefined;
  if (existing && !existing.ok) return couldNotRun(io, existing);
  const context = { csvName: nameOf(file), toolVersion: io.version(), existing: existing?.value };
  const exported = headerWriter.write(analysis, context);
  if (!exported.ok) return refuse(io, `${header}: ${exported.message}`);
  const { bytes, unchanged, notes } = exported.value;
  if (unchanged) return say(io, `${header} is up to date.`, 0);
  if (checkOnly) return outOfDate(header, file, existing !== undefined, io);
  const written = io.write(header, bytes);
  if (!written.ok) return couldNotRun(io, written);
  tell(
    io,
    "err",
    notes.map((note) => `crossflash: ${note}`),
  );
  return say(io, `${header} was ${existing ? "updated" : "made"} from ${shownPath(file)}.`, 0);
}

function outOfDate(header: string, file: string, exists: boolean, io: Io): ExitCode {
  const command = `Run 'crossflash export ${file} --header ${header}'.`;
  if (!exists) return say(io, `${header} does not exist. ${command}`, 1);
  return say(io, `${header} is out of date: it does not say what ${shownPath(file)} says. ${command}`, 1);
}

function say(io: Io, message: string, code: ExitCode): ExitCode {
  tell(io, "out", [message]);
  return code;
}

/** The file name alone: the header must be the same wherever the project lies. */
const nameOf = (file: string): string => shownPath(file.slice(file.search(/[^/\\]*$/)));
