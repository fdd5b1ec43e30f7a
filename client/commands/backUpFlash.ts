import * as vscode from "vscode";
import type { BoardIdentity } from "../../core/job/board";
import type { Progress } from "../../device/flasher/board";
import { progressMeter } from "../../device/flows/meter";
import { commands } from "../../protocol/commands";
import { MANIFEST } from "../boards/backups";
import { backupText } from "../boards/backupText";
import type { BoardDesk } from "../boards/boardDesk";
import { type BackupTarget, chooseTarget } from "../boards/chooseBackup";
import { withProgress } from "../boards/flashWindow";
import { foundOn } from "../boards/found";
import { startAgain } from "../boards/lab";
import { calledIn } from "../boards/labels";
import type { Command } from "./command";

/** Reads the flash of a board into files with their SHA-256 beside them. */
export const backUpFlash: Command = {
  id: commands.backUpFlash,
  needsTrust: true,
  async run({ boards }, argument) {
    const path = await boards.chooseOne("Back Up Which Board?", argument);
    if (path === undefined) return;
    const found = await foundOn(boards, path);
    const target = await chooseTarget(found);
    if (target) await backUpInto(target, path, found.identity, boards);
  },
};

async function backUpInto(
  { folder, regions }: BackupTarget,
  path: string,
  expected: BoardIdentity,
  { lab, logs, device }: BoardDesk,
): Promise<void> {
  const { backUp } = await device();
  const log = logs.of(expected.mac);
  const shown = lab.at(path);
  const title = `Backing up ${shown ? calledIn(shown) : path}`;
  const meter = progressMeter();
  const backup = await withProgress(title, (signal, show) =>
    lab.use(path, { title, expected, signal, onLog: (line) => log.trace(line) }, async (board, report) => {
      const onProgress = (progress: Progress): void => {
        const reading = meter(progress, performance.now());
        show(reading);
        report(reading.share);
      };
      const done = await backUp(board, folder.fsPath, { regions, signal, onProgress });
      await startAgain(board);
      return done;
    }),
  );
  for (const { name, sha256 } of backup.regions) log.info(`backed up: ${name}, SHA-256 ${sha256}`);
  const open = "Show Manifest";
  const said = `${vscode.workspace.asRelativePath(folder)}: ${backupText(backup)}. The SHA-256 of every file is in ${MANIFEST}.`;
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, MANIFEST));
}
