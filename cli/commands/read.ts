import { boardLines } from "../../core/job/boardLines";
import { describeBoard } from "../../core/job/describeBoard";
import { printTable } from "../../core/table/print";
import { lostInCsv } from "../../core/table/readsBack";
import { hex, sizeText } from "../../core/text/units";
import type { FoundBoard } from "../../device/flows/flashFlow";
import { letRun, withBoard } from "../board/connect";
import { tableOn } from "../board/makers";
import { connection, format, looking, range } from "../board/options";
import { watchedTask } from "../board/progress";
import { type NamedRange, namedRanges } from "../board/ranges";
import { type Format, type Reporter, reported } from "../board/reporter";
import { lookingOf } from "../board/runJob";
import { Stop } from "../board/stop";
import { defineCommand, type ExitCode } from "../command";
import { type Io, STANDARD_STREAM } from "../io";
import { text } from "../options";
import { lostLines } from "../report/lost";

export default defineCommand({
  name: "read",
  summary: "Say what is on a board: table, otadata, apps, MicroPython; or read its bytes.",
  description:
    "Tells chip, revision, MAC, flash, security, bootloader, partition table, what otadata selects and which app runs. --csv writes the table as a CSV, as the source table of crossflash.json. With --partition or --range the bytes of that place go into the file of -o.",
  options: {
    csv: text("OUT.csv", "Write the table of the board as a CSV."),
    partition: text("NAME", "Read one partition of the table on the board; needs -o."),
    range: range("Read from one address up to, but not including, another one; needs -o."),
    output: text("OUT.bin", "Where the bytes go.", "o"),
    ...connection,
    ...looking,
    format,
  },
  run: ({ options }, io) =>
    reported(io, options.format, async (reporter) => {
      const { csv, partition, range, output } = options;
      const places = [partition, range].filter((one) => one !== undefined).length;
      if (places !== (output === undefined ? 0 : 1))
        throw new Stop(
          2,
          "To read bytes, say what with --partition NAME or --range FROM:TO, and where to with -o OUT.bin.",
        );
      const fault = outputFault(options, io);
      if (fault !== undefined) throw new Stop(2, fault);
      const isTaken = [csv, output].includes(STANDARD_STREAM);
      const say = isTaken ? reporter.note : reporter.say;
      return withBoard(options, io, async (board, { findBoard }): Promise<ExitCode> => {
        const depth = output === undefined ? "micropython" : "heads";
        const task = watchedTask(io);
        const found = await findBoard(board, { ...lookingOf(options), depth, signal: task.signal });
        reporter.add({ board: describeBoard(found.identity, found.state) });
        if (output === undefined) say(boardLines(found.identity, found.state));
        if (csv !== undefined) writeCsv(found, csv, io, { ...reporter, say });
        const [place] = namedRanges(found, partition === undefined ? [] : [partition], range ? [range] : []);
        if (place && output !== undefined) {
          const bytes = await board.read(place, task).finally(task.end);
          write(output, bytes, io);
          if (output !== STANDARD_STREAM) say([readText(place, output)]);
        }
        await letRun(board);
        return 0;
      });
    }),
});

interface Outputs {
  readonly csv: string | undefined;
  readonly output: string | undefined;
  readonly format: Format;
}

/** Two outputs in one place would leave a file that is neither. */
function outputFault({ csv, output, format }: Outputs, io: Io): string | undefined {
  if (csv !== undefined && output !== undefined && io.isSameFile(csv, output))
    return `'${csv}' is the place of the CSV and of the bytes at once. Choose another one for either.`;
  if (format === "json" && [csv, output].includes(STANDARD_STREAM))
    return "Standard output takes the JSON: give --csv and -o the name of a file.";
  return undefined;
}

function writeCsv(found: FoundBoard, path: string, io: Io, reporter: Reporter): void {
  const table = tableOn(found);
  if (!table.ok) throw new Stop(1, table.message);
  const { entries, tableOffset } = table.value;
  write(path, new TextEncoder().encode(printTable(entries)), io);
  reporter.note(lostLines(lostInCsv(entries)));
  if (path !== STANDARD_STREAM) reporter.say(["", `The table at ${hex(tableOffset)} is in '${path}'.`]);
}

function write(path: string, bytes: Uint8Array, io: Io): void {
  const written = io.write(path, bytes);
  if (!written.ok) throw new Stop(2, written.message);
}

const readText = ({ name, size }: NamedRange, path: string): string =>
  `${sizeText(size)} of '${name}' are in '${path}', checked against the board's own MD5.`;
