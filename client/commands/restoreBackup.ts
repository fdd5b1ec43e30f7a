import { restoreBackup } from "../../core/job/restoreBackup";
import { commands } from "../../protocol/commands";
import { chooseStored } from "../boards/chooseBackup";
import { Refusal } from "../refusal";
import type { Command } from "./command";

/** Writes a backup back to where it was read; refused unless every file is what its manifest says. */
export const restoreBackupCommand: Command = {
  id: commands.restoreBackup,
  needsTrust: true,
  async run({ boards }, argument) {
    const folder = await chooseStored();
    if (!folder) return;
    const { backup, files } = await (await boards.device()).readBackup(folder.fsPath);
    const checked = restoreBackup(backup, files);
    if (!checked.ok) throw new Refusal(`Nothing was written. ${checked.message}`);
    const paths = await boards.chooseSome(`Restore the Backup of ${backup.mac} on Which Boards?`, argument);
    if (paths.length > 0)
      await boards.flashing.flash(paths, ({ present }) => restoreBackup(backup, files, present.table));
  },
};
