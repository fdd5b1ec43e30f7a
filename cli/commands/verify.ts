import { isAsWanted } from "../../device/flasher/outcome";
import { letRun, withBoard } from "../board/connect";
import { makerOf, sources } from "../board/makers";
import { connection, format, looking } from "../board/options";
import { watchedTask } from "../board/progress";
import { reported } from "../board/reporter";
import { standingJob } from "../board/runJob";
import { showComparison, showOutcomes } from "../board/showJob";
import { defineCommand, type ExitCode } from "../command";
import { text } from "../options";

export default defineCommand({
  name: "verify",
  summary: "Compare a board with a layout, an image or a backup, and write nothing.",
  description:
    "Asks the board for the MD5 of every region that 'crossflash flash' with the same options would write, and of those that it would erase. Where one of them differs, the exit code is 1.",
  operand: { value: "FILE.csv", optional: true },
  options: {
    ...connection,
    ...sources,
    backup: text("FOLDER", "Instead of the layout: a backup."),
    ...looking,
    format,
  },
  run: ({ files: [table], options }, io) =>
    reported(io, options.format, async (reporter) => {
      const maker = await makerOf(table, options, io, reporter);
      return withBoard(options, io, async (board, boards): Promise<ExitCode> => {
        const { job } = await standingJob(maker, board, boards, options, (made) =>
          showComparison(made, reporter),
        );
        const task = watchedTask(io);
        const outcomes = await board.compare(job, task).finally(task.end);
        await letRun(board);
        showOutcomes(outcomes, reporter);
        const different = outcomes.filter((outcome) => !isAsWanted(outcome));
        reporter.say(["", verdict(different.map(({ name }) => name))]);
        return different.length > 0 ? 1 : 0;
      });
    }),
});

const verdict = (different: readonly string[]): string =>
  different.length === 0
    ? "The board holds all of it, by its own MD5."
    : `The board differs in ${different.map((name) => `'${name}'`).join(", ")}.`;
