import { commands } from "../../protocol/commands";
import type { Command } from "./command";

/** Looks which ports there are. */
export const refreshBoards: Command = {
  id: commands.refreshBoards,
  needsTrust: false,
  run: ({ boards }) => boards.lab.look(),
};
