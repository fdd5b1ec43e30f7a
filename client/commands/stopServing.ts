import { commands } from "../../protocol/commands";
import type { Command } from "./command";

/** Ends the update server; devices go on where they are when it is back. */
export const stopServing: Command = {
  id: commands.stopServing,
  needsTrust: false,
  run: ({ devices }) => devices.stop(),
};
