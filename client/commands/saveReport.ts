import * as vscode from "vscode";
import { commands } from "../../protocol/commands";
import { formatOf, reportFormats } from "../migration/planPage";
import { Refusal } from "../safely";
import { nameOf } from "../table";
import type { Command } from "./command";

/** Saves the plan in front, as it is shown, to be read elsewhere and signed. */
export const saveReport: Command = {
  id: commands.saveReport,
  needsTrust: true,
  async run({ plans }) {
    const shown = plans.inFront();
    if (!shown) throw new Refusal("No migration plan is in front. Show one and try again.");
    const { manifest, outcome } = shown;
    if (!outcome.ok) throw new Refusal(`There is no report to save. ${outcome.message}`);
    const target = await vscode.window.showSaveDialog({
      title: "Save Migration Report",
      defaultUri: vscode.Uri.joinPath(manifest, "..", "migration-report.html"),
      filters: Object.fromEntries(reportFormats.map(({ title, extension }) => [title, [extension]])),
    });
    if (!target) return;
    const format = formatOf(target.path);
    if (!format)
      throw new Refusal(
        `${nameOf(target)} was not written: its name must end in ${reportFormats.map(({ extension }) => `.${extension}`).join(", ")}.`,
      );
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(format.write(outcome.value)));
    const open = "Open";
    const said = `The report was saved as ${nameOf(target)}.`;
    if ((await vscode.window.showInformationMessage(said, open)) === open)
      await vscode.commands.executeCommand("vscode.open", target);
  },
};
