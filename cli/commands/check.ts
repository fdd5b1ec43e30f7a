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
import { paletteFor } from "../show";
import { chip, extraSubtypes, flashSize, secure, tableOffset } from "../tableOptions";

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
    const checked: CheckedFile[] = [];
    let unread = false;
    for (const file of files) {
      const analysed = await analyseFile(file, options, io);
      if (analysed.ok) checked.push(...analysed.value.files);
      else unread = couldNotRun(io, analysed) === 2;
    }
    io.out(reportText(checked, options.format ?? "text", io));
    return unread ? 2 : exitCode(checked);
  },
});

const exitCode = (checked: readonly CheckedFile[]): ExitCode => (hasErrors(checked) ? 1 : 0);

function reportText(checked: readonly CheckedFile[], format: (typeof formats)[number], io: Io): string {
  if (format === "json") return jsonReport(checked);
  if (format === "sarif") return sarifReport(checked, { version: io.version(), rules, helpUri: rulePage });
  return checked.length === 0 ? "" : textReport(checked, paletteFor(io, "out"));
}

const rulePage = (id: string): string =>
  `https://github.com/crossflash/crossflash/blob/main/docs/rules.md#${id}`;
