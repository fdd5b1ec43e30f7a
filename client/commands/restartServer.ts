import { commands } from "../../protocol/commands";
import type { Command } from "./command";

export const restartServer: Command = {
  id: commands.restartServer,
  needsTrust: false,
  run: (context) => context.restartServer(),
};
