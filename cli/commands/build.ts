import { type Analysis, analyse } from "../../core/analyse";
import { type Facts, noFacts } from "../../core/facts";
import type { Problem } from "../../core/rules/rule";
import { encodeTable } from "../../core/table/encode";
import { isComplete } from "../../core/table/entry";
import { defineCommand, type ExitCode } from "../command";
import { couldNotRun, overwritesInput, refuse, sameFileFault } from "../fault";
import type { Io } from "../io";
import { flag, requiredText } from "../options";
import { readText, shownPath } from "../readText";
import { problemLines } from "../report/text";
import { address, extraSubtypes, flashSize, secure, tableOffset } from "../tableOptions";
import { tell } from "../tell";

export default defineCommand({
  name: "build",
  summary: "Make the binary partition table from a CSV, as gen_esp32part.py does.",
  description:
    "Writes the 0xC00 bytes that ESP-IDF flashes, the same bytes that gen_esp32part.py writes, and refuses exactly what it refuses. What only a device would refuse is shown as a warning. Variables such as $SIZE in the CSV are taken from the environment; crossflash.json is not read, so that a build depends on nothing but its command line.\n\nA file name of '-' is standard input or standard output.",
  operand: { value: "FILE.csv" },
  options: {
    output: requiredText("OUT.bin", "Where the binary goes.", "o"),
    "no-md5": flag("Leave out the MD5 row; only bootloaders older than ESP-IDF v3.1 need this."),
    "no-verify": flag("Do not verify alignment, overlaps, names and otadata, as the tool's own --no-verify."),
    "primary-bootloader-offset": address(
      "Where the bootloader lies in flash; needed by rows of type bootloader.",
    ),
    "recovery-bootloader-offset": address("Where the recovery bootloader lies in flash."),
    "extra-subtype": extraSubtypes,
    "table-offset": tableOffset,
    "flash-size": flashSize,
    secure,
  },
  async run({ files: [file = ""], options }, io) {
    if (overwritesInput(io, file, options.output)) return couldNotRun(io, sameFileFault(file));
    const text = await readText(file, io);
    if (!text.ok) return couldNotRun(io, text);
    const analysis = analyse(text.value, {
      ...noFacts,
      tableOffset: options["table-offset"] ?? noFacts.tableOffset,
      flashSize: options["flash-size"],
      secure: options.secure,
      md5Row: !options["no-md5"],
      primaryBootloaderOffset: options["primary-bootloader-offset"],
      recoveryBootloaderOffset: options["recovery-bootloader-offset"],
      extraSubtypes: options["extra-subtype"],
      environment: io.environment,
    } satisfies Facts);
    const ignored = options["no-verify"] ? "verify" : undefined;
    const problems = analysis.problems.filter(({ stage }) => stage !== ignored);
    tell(
      io,
      "err",
      problemLines({ file: shownPath(file), text: text.value, problems: problems.flatMap(weighed) }),
    );
    return problems.some(isRefusal)
      ? refuse(io, `Nothing was written, because ${shownPath(file)} has errors.`)
      : write(analysis, options.output, io);
  },
});

/** What Espressif's tool refuses stops a build; everything else is as much a warning here as it is there. */
const isRefusal = ({ stage, severity }: Problem): boolean => stage !== "device" && severity === "error";

function weighed(problem: Problem): Problem[] {
  if (isRefusal(problem)) return [problem];
  return problem.severity === "information" ? [] : [{ ...problem, severity: "warning" }];
}

function write({ table, facts }: Analysis, output: string, io: Io): ExitCode {
  const binary = encodeTable(table.entries.filter(isComplete), facts);
  if (!binary.ok) return refuse(io, binary.message);
  const written = io.write(output, binary.value);
  return written.ok ? 0 : couldNotRun(io, written);
}
