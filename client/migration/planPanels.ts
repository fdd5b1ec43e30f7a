import * as vscode from "vscode";
import { readMigration } from "../../core/migrate/read/readMigration";
import { migrationReport } from "../../core/migrate/report/report";
import { success } from "../../core/result";
import { planViewType } from "../../protocol/commands";
import { keepFresh } from "../editor/fresh";
import { Refusal } from "../safely";
import { rootOf } from "../table";
import { savedFiles } from "../workspaceFiles";
import { type PlanOutcome, planPage } from "./planPage";
import { watchedProject } from "./watchedProject";

/** The plans that are shown, each in a tab of its own. */
export interface PlanPanels extends vscode.Disposable {
  show(manifest: vscode.Uri): Promise<void>;
  /** What the tab in front shows. */
  inFront(): ShownPlan | undefined;
}

export interface ShownPlan {
  readonly manifest: vscode.Uri;
  readonly outcome: PlanOutcome;
}

/** The plan of a migration as its files are on the disk. */
async function planOf(manifest: vscode.Uri, toolVersion: string): Promise<PlanOutcome> {
  const place = { manifestPath: manifest.toString(), root: rootOf(manifest).toString() };
  const read = await readMigration(place, {}, savedFiles);
  return read.ok ? success(migrationReport({ ...read.value, toolVersion })) : read;
}

export function planPanels(toolVersion: string, log: Pick<vscode.LogOutputChannel, "error">): PlanPanels {
  const open = new Map<string, ShownPlan & { readonly panel: vscode.WebviewPanel }>();

  async function show(manifest: vscode.Uri): Promise<void> {
    const key = manifest.toString();
    const shown = open.get(key);
    if (shown) return shown.panel.reveal();
    const draw = (outcome: PlanOutcome, panel = open.get(key)?.panel): void => {
      // It may have been closed while the files were read.
      if (!panel) return;
      open.set(key, { manifest, panel, outcome });
      panel.webview.html = planPage(outcome);
    };
    const { first, changed } = keepFresh(
      () => planOf(manifest, toolVersion),
      draw,
      (error) => log.error("The plan could not be made again:", error),
    );
    const watcher = watchedProject(manifest, changed);
    try {
      const outcome = await first;
      if (!outcome.ok) throw noPlan(manifest, outcome.message);
      const panel = newPanel(manifest);
      panel.onDidDispose(() => {
        open.delete(key);
        watcher.dispose();
      });
      draw(outcome, panel);
    } catch (error) {
      watcher.dispose();
      throw error;
    }
  }

  return {
    show,
    inFront: () => [...open.values()].find(({ panel }) => panel.active),
    dispose: () => vscode.Disposable.from(...[...open.values()].map(({ panel }) => panel)).dispose(),
  };
}

const newPanel = (manifest: vscode.Uri): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel(
    planViewType,
    `Migration Plan: ${vscode.workspace.asRelativePath(manifest)}`,
    vscode.ViewColumn.Active,
    { enableScripts: false, localResourceRoots: [], enableFindWidget: true },
  );

const noPlan = (manifest: vscode.Uri, message: string): Refusal =>
  new Refusal(`There is no plan yet. ${message}`, {
    title: "Open crossflash.json",
    run: () => vscode.window.showTextDocument(manifest),
  });
