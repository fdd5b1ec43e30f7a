import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { askForMigration, beginMigration } from "../migration/beginMigration";
import type { Command } from "./command";

/** Asks what the devices have and what they get, and writes the manifest and the target table. */
export const newMigration: Command = {
  id: commands.newMigration,
  needsTrust: true,
  async run({ boards, plans, log }) {
    const answers = await askForMigration(boards);
    const manifest = answers && (await beginMigration(answers));
    if (!manifest) return;
    log.info(`new migration: ${manifest.toString()}`);
    const show = "Show Migration Plan";
    const said = `The migration begins in ${vscode.workspace.asRelativePath(manifest)}.`;
    if ((await vscode.window.showInformationMessage(said, show)) === show) await plans.show(manifest);
  },
};
