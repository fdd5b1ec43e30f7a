import { identityText } from "../../core/job/boardLines";
import { success } from "../../core/result";
import { columns } from "../../core/text/columns";
import { hex } from "../../core/text/units";
import { letRun, withBoard } from "../board/connect";
import { connection, format, looking, parseRange } from "../board/options";
import { watchedTask } from "../board/progress";
import { namedRanges } from "../board/ranges";
import { reported } from "../board/reporter";
import { lookingOf } from "../board/runJob";
import { defineCommand, type ExitCode } from "../command";
import { manyOf, requiredText } from "../options";

export default defineCommand({
  name: "backup",
  summary: "Read the flash of a board, or parts of it, into files with a manifest.",
  description:
    "Makes a folder with a file for each region and backup.json, which says of which board they are and what their SHA-256 is. Blank flash is not sent over the wire. A backup that was stopped goes on where it stopped when the same command is given again; a finished one is never overwritten.",
  options: {
    output: requiredText("FOLDER", "Where the backup goes.", "o"),
    partition: manyOf(
      "NAME",
      "A partition of the table on the board instead of the whole flash.",
      success<string>,
    ),
    range: manyOf(
      "FROM:TO",
      "A range of addresses instead of the whole flash; multiples of 0x1000.",
      parseRange,
    ),
    ...connection,
    ...looking,
    format,
  },
  run: ({ options }, io) =>
    reported(io, options.format, (reporter) =>
      withBoard(options, io, async (board, { backUp, findBoard }): Promise<ExitCode> => {
        const folder = options.output;
        const found = await findBoard(board, lookingOf(options));
        const chosen = namedRanges(found, options.partition, options.range);
        const regions = chosen.length > 0 ? chosen : undefined;
        reporter.say([`Board: ${identityText(found.identity)}`, ""]);
        const task = watchedTask(io);
        const { flashSize } = found.identity;
        const backup = await backUp(board, folder, { regions, flashSize, ...task }).finally(task.end);
        await letRun(board);
        reporter.add({ folder, backup: { ...backup, chip: backup.chip.id } });
        const rows = backup.regions.map(({ address, size, file, sha256 }) => [
          hex(address),
          hex(size),
          file,
          sha256 ?? "",
        ]);
        reporter.say([
          ...columns([["Address", "Size", "File", "SHA-256"], ...rows]),
          "",
          `The backup is in '${folder}'.`,
        ]);
        return 0;
      }),
    ),
});
