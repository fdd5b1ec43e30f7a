import { commands } from "../../protocol/commands";
import { chooseTable } from "../chooseTable";
import { showText } from "../layoutTabs";
import type { Command } from "./command";

/** The way back from the picture to the text of the table. */
export const showTextCommand: Command = {
  id: commands.showText,
  needsTrust: false,
  async run(_context, argument) {
    const table = await chooseTable(argument);
    if (table) await showText(table);
  },
};
