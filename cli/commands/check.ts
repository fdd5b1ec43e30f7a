import { rules } from "../../core/rules/index";
import { analyseFile } from "../analyseFile";
import { defineCommand, type ExitCode } from "../command";
import { couldNotRun } from "../fault";
import type { Io } from "../io";
import { choice, text } from "../options";
import { jsonReport } from "../report/json";
import { type CheckedFile, hasErrors } from "../report/reported";
import { sarifReport } from "../report/sarif";
import { textReport } from "../report/text";
import { filesOf } from "../surroundings";
import { chip, extraSubtypes, flashSize, secure, tableOffset } from "../tableOptions";
import { tell } from "../tell";
import { toldFacts } from "../toldFacts";

const formats = ["text", "json", "sarif"] as const;

export default defineCommand({
  name: "check",
  summary: "Say what is wrong with partition tables, and whether the MicroPython binary fits.",
  description:
    "Finds everything that gen_esp32part.py, the device or MicroPython would refuse, all at once. Chip, flash size and the MicroPython binary come from the crossflash.json and the sdkconfig around each table; options override them. Errors give exit code 1; warnings and advice alone give 0.\n\nA file name of '-' is standard input.",
  operand: { value: "FILE.csv", many: true },
  options: {
    micropython: text("BIN", "The MicroPython binary that goes onto the device."),
    chip,
    "flash-size": flashSize,
    "table-offset": tableOffset,
    secure,
    "extra-subtype": extraSubtypes,
    format: choice(formats, "How problems are reported; text unless told otherwise."),
  },
  async run({ files, options }, io) {
    const told = await toldFacts(options, io);
    if (!told.ok) return couldNotRun(io, told);
    // By name, because tables of one project share its manifest.
    const checked = new Map<string, CheckedFile>();
    const around = filesOf(io);
    let unread = false;
    for (const file of files) {
      const analysed = await analyseFile(file, told.value, around, io);
      if (!analysed.ok) {
        couldNotRun(io, analysed);
        unread = true;
        continue;
      }
      const { manifest, table } = analysed.value;
      for (const found of manifest ? [manifest, table] : [table]) checked.set(found.file, found);
    }
    const found = [...checked.values()];
    report(found, options.format ?? "text", io);
    return unread ? 2 : exitCode(found);
  },
});

const exitCode = (checked: readonly CheckedFile[]): ExitCode => (hasErrors(checked) ? 1 : 0);

function report(checked: readonly CheckedFile[], format: (typeof formats)[number], io: Io): void {
  if (format === "json") io.out(jsonReport(checked));
  else if (format === "sarif")
    io.out(sarifReport(checked, { version: io.version(), rules, helpUri: rulePage }));
  else if (checked.length > 0) tell(io, "out", textReport(checked));
}

const rulePage = (id: string): string =>
  `https://github.com/crossflash/crossflash/blob/main/docs/rules.md#${id}`;
