import { commands } from "../../protocol/commands";
import type { Command } from "./command";

export const showOutput: Command = {
  id: commands.showOutput,
  needsTrust: false,
  run: async ({ log }) => log.show(),
};
