import * as vscode from "vscode";
import type { RehearsalReport } from "../../core/rehearsal/report";
import { rehearsalWriters } from "../../core/rehearsal/writers";
import { rehearsalViewType } from "../../protocol/commands";
import { Refusal } from "../refusal";
import { nameOf } from "../table";

/** Shows the report as it is printed. */
export function showReport(report: RehearsalReport): void {
  const panel = vscode.window.createWebviewPanel(
    rehearsalViewType,
    "Rehearsal Report",
    vscode.ViewColumn.Active,
    { enableScripts: false, localResourceRoots: [] },
  );
  panel.webview.html = rehearsalWriters.html(report);
}

const FORMATS = { html: "HTML", md: "Markdown", json: "JSON", txt: "Text" } as const;
const WRITERS = { html: "html", md: "markdown", json: "json", txt: "text" } as const;

/** Saves the report to be kept and signed. */
export async function saveRehearsal(report: RehearsalReport, manifest: vscode.Uri): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: "Save Rehearsal Report",
    defaultUri: vscode.Uri.joinPath(manifest, "..", "rehearsal-report.html"),
    filters: Object.fromEntries(Object.entries(FORMATS).map(([extension, title]) => [title, [extension]])),
  });
  if (!target) return;
  const extension = /\.(html|md|json|txt)$/i.exec(target.path)?.[1]?.toLowerCase();
  if (extension === undefined)
    throw new Refusal(
      `${nameOf(target)} was not written: its name must end in ${Object.keys(FORMATS)
        .map((one) => `.${one}`)
        .join(", ")}.`,
    );
  const text = rehearsalWriters[WRITERS[extension as keyof typeof WRITERS]](report);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  void vscode.window.showInformationMessage(`The report was saved as ${nameOf(target)}.`);
}
