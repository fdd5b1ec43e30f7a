import { makerOf, sources } from "../board/makers";
import { changing, connection, format, looking } from "../board/options";
import { reported } from "../board/reporter";
import { runJob } from "../board/runJob";
import { defineCommand } from "../command";

export default defineCommand({
  name: "flash",
  summary: "Take a layout with its MicroPython to a board, and prove that it arrived.",
  description:
    "Writes the table, MicroPython into its slot, otadata that starts it, and a blank start of its filesystem. Table, MicroPython, chip and flash size come from crossflash.json unless told otherwise. With --field, --combined or --partition it does another job instead.\n\nThe job is shown whole before anything is written: what goes where and why, what is erased, lost and kept. It is refused where it does not suit the board. Only what differs is sent, and every region is compared by the board's own MD5. After a failure the same command goes on where it stopped. Where something on the board is lost, the command asks first.",
  operand: { value: "FILE.csv", optional: true },
  options: { ...connection, ...sources, ...looking, ...changing, format },
  run: ({ files: [table], options }, io) =>
    reported(io, options.format, async (reporter) =>
      runJob(await makerOf(table, options, io, reporter), options, io, reporter),
    ),
});
