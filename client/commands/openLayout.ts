import { commands } from "../../protocol/commands";
import { chooseTable } from "../chooseTable";
import { showLayout } from "../layoutTabs";
import type { Command } from "./command";

/** Shows the flash of a table as a picture that can be edited. */
export const openLayout: Command = {
  id: commands.openLayout,
  needsTrust: false,
  async run(_context, argument) {
    const table = await chooseTable(argument);
    if (table) await showLayout(table);
  },
};
