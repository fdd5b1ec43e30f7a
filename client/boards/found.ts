import * as vscode from "vscode";
import type { PresentTable } from "../../core/job/consequences";
import type { PartitionEntry } from "../../core/table/entry";
import { hex, sizeText } from "../../core/text/units";
import type { FoundBoard } from "../../device/flows/flashFlow";
import { Refusal } from "../safely";
import type { BoardDesk } from "./boardDesk";
import { withProgress } from "./flashWindow";

/** Reads what runs on a board, where it can be watched and cancelled. */
export const identified = ({ lab }: BoardDesk, path: string): Promise<FoundBoard> =>
  withProgress(`Identifying the board on ${path}`, (signal) => lab.identify(path, { signal }));

/** What is known of a board already, or else what it tells now. */
export const foundOn = async (desk: BoardDesk, path: string): Promise<FoundBoard> =>
  desk.lab.at(path)?.found ?? identified(desk, path);

/** The table of a board for a job about its partitions. */
export function tableOf({ present, identity }: FoundBoard): PresentTable {
  if (present.table) return present.table;
  throw new Refusal(
    `The board ${identity.mac} has no partition table that can be read, so it has no partitions.`,
  );
}

/** Partitions as they stand in a list. */
export const partitionItems = (entries: readonly PartitionEntry[]) =>
  entries.map((entry) => ({
    label: entry.name,
    description: `${hex(entry.offset)}, ${sizeText(entry.size)}`,
    entry,
  }));

export async function choosePartition(title: string, found: FoundBoard): Promise<PartitionEntry | undefined> {
  const items = partitionItems(tableOf(found).entries);
  return (await vscode.window.showQuickPick(items, { title }))?.entry;
}
