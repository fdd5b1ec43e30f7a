import type { Command, Operand } from "./command";
import { type Option, spelling } from "./options";

const WIDTH = 100;

/** What `crossflash` without arguments prints. */
export const overview = (commands: readonly Command[]): string =>
  `${[
    "Crossflash checks and builds ESP32 partition tables, plans the move to MicroPython, and flashes boards.",
    "Usage: crossflash COMMAND [FILE] [OPTIONS]",
    columns(commands.map(({ name, summary }) => [name, summary])),
    columns([
      ["crossflash help COMMAND", "What a command does and its options."],
      ["crossflash --version", "The version."],
    ]),
    exitCodes,
  ].join("\n\n")}\n`;

const exitCodes =
  "Exit code: 0 fine, 1 problems found, 2 could not run (usage, a file or board that cannot be read or\nwritten, Ctrl-C).";

/** What `crossflash help COMMAND` prints. */
export const commandHelp = (command: Command): string =>
  `${[
    usage(command),
    ...command.description.split("\n\n").map((paragraph) => wrapped(paragraph.split(" "), "")),
    columns([
      ...Object.entries(command.options).map(
        ([name, option]): Row => [optionForm(name, option), optionText(option)],
      ),
      ["-h, --help", "Print this help."],
    ]),
    exitCodes,
  ].join("\n\n")}\n`;

/** `Usage: crossflash build FILE.csv -o OUT.bin [--no-md5] …`, wrapped. */
export function usage({ name, operand, options }: Command): string {
  const start = `Usage: crossflash ${name} `;
  const words = [
    ...operandUsage(operand),
    ...Object.entries(options).map(([option, declaration]) => optionUsage(option, declaration)),
  ];
  return start + wrapped(words, " ".repeat(start.length));
}

function operandUsage(operand: Operand | undefined): string[] {
  if (!operand) return [];
  const form = operand.value + (operand.many ? "…" : "");
  return [operand.optional ? `[${form}]` : form];
}

function optionUsage(name: string, option: Option<unknown>): string {
  const form = spelling(name, option);
  if (option.required) return form;
  return `[${form}]${option.many ? "…" : ""}`;
}

const optionForm = (name: string, { short, value }: Option<unknown>): string =>
  `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;

const optionText = ({ help, many, required }: Option<unknown>): string =>
  [help, ...(many ? ["May be given several times."] : []), ...(required ? ["Required."] : [])].join(" ");

type Row = readonly [left: string, right: string];

const WIDEST_TERM = 34;

/** Two aligned columns. A term that is too wide has its text on the next line. */
function columns(rows: readonly Row[]): string {
  const left = Math.min(WIDEST_TERM, Math.max(...rows.map(([term]) => term.length)));
  const indent = " ".repeat(left + 4);
  return rows
    .map(([term, text]) => {
      const start = term.length > left ? `  ${term}\n${indent}` : `  ${term.padEnd(left)}  `;
      return start + wrapped(text.split(" "), indent);
    })
    .join("\n");
}

/** Sets words into lines; the further lines begin with the indent, which the first is thought to have already. */
function wrapped(words: readonly string[], indent: string): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || indent.length + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${indent}`);
}
