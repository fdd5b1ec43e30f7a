import { commands } from "../../protocol/commands";
import type { Command } from "./command";

/** Shows what a board prints, with its boot errors explained, and types into its prompt. */
export const monitorBoard: Command = {
  id: commands.monitorBoard,
  needsTrust: false,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Monitor Which Board?", argument);
    if (path !== undefined) boards.monitors.show(path);
  },
};
