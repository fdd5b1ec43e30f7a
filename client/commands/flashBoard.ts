import { commands } from "../../protocol/commands";
import { layoutJob } from "../boards/layoutJob";
import type { Command } from "./command";

/** Takes what is on the screen to boards on the desk, and proves that it arrived. */
export const flashBoard: Command = {
  id: commands.flashBoard,
  needsTrust: true,
  async run({ boards }, argument) {
    const job = await layoutJob(argument);
    if (!job) return;
    const paths = await boards.chooseSome(`Flash ${job.what} onto Which Boards?`, argument);
    if (paths.length > 0) await boards.flashing.flash(paths, job.makeJob, job.options);
  },
};
