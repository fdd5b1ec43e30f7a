import * as vscode from "vscode";
import { eraseBoard, eraseRegion } from "../../core/job/erase";
import type { JobFault } from "../../core/job/job";
import { sectorsOf } from "../../core/job/range";
import { failure } from "../../core/result";
import type { MakeJob } from "../../device/flows/flashFlow";
import { commands } from "../../protocol/commands";
import { foundOn, partitionItems, tableOf } from "../boards/found";
import type { Command } from "./command";

/** Erases the whole flash of a board, or one partition. */
export const eraseBoardCommand: Command = {
  id: commands.eraseBoard,
  needsTrust: true,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Erase Which Board?", argument);
    if (path === undefined) return;
    const { present } = await foundOn(boards, path);
    const whole = {
      label: "Whole flash",
      description: "bootloader, table, apps and all files",
      entry: undefined,
    };
    const items = [whole, ...partitionItems(present.table?.entries ?? [])];
    const chosen = await vscode.window.showQuickPick(items, { title: "Erase What?" });
    if (!chosen) return;
    const { entry } = chosen;
    await boards.flashing.flash([path], entry ? partitionNamed(entry.name) : wholeFlash);
  },
};

/** As it lies on the board by then. */
const partitionNamed =
  (name: string): MakeJob =>
  (found) => {
    const entry = tableOf(found).entries.find((row) => row.name === name);
    return entry
      ? eraseRegion(sectorsOf({ address: entry.offset, size: entry.size }), found.present.table)
      : failure<JobFault>("partition", 0, `The board has no partition '${name}' any more.`);
  };

const wholeFlash: MakeJob = ({ identity: { flashSize }, present }) =>
  flashSize === undefined
    ? failure<JobFault>(
        "address",
        0,
        "The size of the board's flash could not be read, so it cannot be erased whole.",
      )
    : eraseBoard(flashSize, present.table);
