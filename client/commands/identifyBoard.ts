import { commands } from "../../protocol/commands";
import { identified } from "../boards/found";
import type { Command } from "./command";

/** Asks a board who it is and what runs on it; this resets it. */
export const identifyBoard: Command = {
  id: commands.identifyBoard,
  needsTrust: false,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Identify the Board on Which Port?", argument);
    if (path !== undefined) await identified(boards, path);
  },
};
