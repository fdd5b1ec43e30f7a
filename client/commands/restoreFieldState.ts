import { commands } from "../../protocol/commands";
import { fieldJob } from "../boards/fieldJob";
import type { Command } from "./command";

/** Makes boards on the desk what the devices in the field are. */
export const restoreFieldStateCommand: Command = {
  id: commands.restoreFieldState,
  needsTrust: true,
  async run({ boards }, argument) {
    const job = await fieldJob(argument);
    if (!job) return;
    const paths = await boards.chooseSome("Restore the Field State on Which Boards?", argument);
    if (paths.length > 0) await boards.flashing.flash(paths, job.makeJob, job.options);
  },
};
