import { commands } from "../../protocol/commands";
import { layoutJob } from "../boards/layoutJob";
import type { Command } from "./command";

/** Compares boards with the layout in front; writes nothing. */
export const verifyBoard: Command = {
  id: commands.verifyBoard,
  needsTrust: false,
  async run({ boards }, argument) {
    const job = await layoutJob(argument);
    if (!job) return;
    const paths = await boards.chooseSome(`Compare Which Boards with ${job.what}?`, argument);
    if (paths.length > 0) await boards.flashing.compare(paths, job.what, job.makeJob, job.options);
  },
};
