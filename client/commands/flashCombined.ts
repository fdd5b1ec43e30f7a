import { flashCombined } from "../../core/job/flashCombined";
import { commands } from "../../protocol/commands";
import { chooseFile, namedFile } from "../boards/files";
import { uriOf } from "../chooseTable";
import type { Command } from "./command";

/** Writes an image that holds bootloader, table and app to boards. */
export const flashCombinedCommand: Command = {
  id: commands.flashCombined,
  needsTrust: true,
  async run({ boards }, argument) {
    const uri = uriOf(argument) ?? (await chooseFile("Flash Combined Image"));
    if (!uri) return;
    const file = await namedFile(uri);
    const paths = await boards.chooseSome(`Flash ${file.name} onto Which Boards?`, argument);
    if (paths.length > 0)
      await boards.flashing.flash(paths, ({ present }) => flashCombined(file, present.table));
  },
};
