import { writePartition } from "../../core/job/writePartition";
import { commands } from "../../protocol/commands";
import { chooseFile, namedFile } from "../boards/files";
import { choosePartition, foundOn, tableOf } from "../boards/found";
import type { Command } from "./command";

/** Writes a file into one partition of a board. */
export const writePartitionCommand: Command = {
  id: commands.writePartition,
  needsTrust: true,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Write a Partition of Which Board?", argument);
    if (path === undefined) return;
    const entry = await choosePartition("Write Which Partition?", await foundOn(boards, path));
    const uri = entry && (await chooseFile(`Choose the File for '${entry.name}'`));
    if (!uri) return;
    const file = await namedFile(uri);
    await boards.flashing.flash([path], (found) => writePartition(tableOf(found), entry.name, file));
  },
};
