import { commands } from "../../protocol/commands";
import { Refusal } from "../refusal";
import type { Command } from "./command";

/** Shows what was done to a board in this window. */
export const showBoardLog: Command = {
  id: commands.showBoardLog,
  needsTrust: false,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Show the Log of Which Board?", argument);
    if (path === undefined) return;
    const mac = boards.lab.at(path)?.identity?.mac;
    if (mac === undefined || !boards.logs.has(mac))
      throw new Refusal("Nothing was done to this board in this window so far, so it has no log.");
    boards.logs.of(mac).show();
  },
};
