import * as vscode from "vscode";
import { join } from "../../core/project/paths";
import { type PreparedScaffold, prepareScaffold } from "../../core/scaffold/prepare";
import { filesToWrite } from "../../core/scaffold/update";
import { commands } from "../../protocol/commands";
import { chooseManifest } from "../migration/chooseManifest";
import { Refusal } from "../safely";
import { askAboutChanged } from "../scaffold/changedFiles";
import { readTemplates } from "../scaffold/templates";
import { type ProjectFile, writeProject } from "../scaffold/writeProject";
import { rootOf } from "../table";
import { savedFiles } from "../workspaceFiles";
import type { Command } from "./command";

/** Makes the project that builds the repartitioner of a migration, or brings it up to date. */
export const createProject: Command = {
  id: commands.createProject,
  needsTrust: true,
  async run({ version, extensionUri, log, plans }, argument) {
    const manifest = await chooseManifest(
      argument,
      "The Repartitioner of Which Migration?",
      plans.inFront()?.manifest,
    );
    if (!manifest) return;
    const templates = await readTemplates(extensionUri);
    const prepare = (idf: string | undefined) =>
      prepareScaffold(
        {
          place: { manifestPath: manifest.toString(), root: rootOf(manifest).toString() },
          stated: {},
          idf,
          templates,
          toolVersion: version,
        },
        savedFiles,
      );
    const usual = await prepare(undefined);
    if (!usual.ok && usual.reason !== "idf") throw noProject(manifest, usual.message);
    const release = usual.ok ? usual.value.scaffold.idf.release : "";
    const idf = await askIdf(release, usual.ok ? "" : usual.message);
    if (idf === undefined) return;
    const made = usual.ok && idf === release ? usual : await prepare(idf);
    if (!made.ok) throw noProject(manifest, made.message);
    const written = await write(made.value, manifest);
    if (!written) return;
    for (const note of made.value.notes) log.warn(note);
    await tell(made.value, written);
  },
};

const askIdf = (release: string, doubt: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: "Create Repartitioner Project",
    prompt: `${doubt === "" ? "The ESP-IDF to build with: that of the bootloader is the safest." : doubt} Such as v4.4.8.`,
    value: release,
    validateInput: (text) =>
      /^v?\d+\.\d+(\.\d+)?$/.test(text.trim()) ? undefined : "A version of ESP-IDF, such as v4.4.8.",
    ignoreFocusOut: true,
  });

/** The files that were written; undefined where the user stops. */
async function write(
  { update, found, folder, manifest: manifestText }: PreparedScaffold,
  manifest: vscode.Uri,
): Promise<readonly ProjectFile[] | undefined> {
  const placed = ({ path, text }: { readonly path: string; readonly text: string }): ProjectFile => ({
    uri: vscode.Uri.parse(join(folder, path)),
    text,
  });
  const changed = update.files.filter(({ state }) => state === "changed");
  const answer = await askAboutChanged(changed.map(placed));
  if (answer === undefined) return undefined;
  const files = [
    ...filesToWrite(update, found, answer === "replace" ? ["changed"] : []).map(placed),
    ...(manifestText === undefined ? [] : [{ uri: manifest, text: manifestText }]),
  ];
  await writeProject(files);
  return files;
}

async function tell(
  { scaffold: { idf }, folder, notes, update }: PreparedScaffold,
  written: readonly ProjectFile[],
): Promise<void> {
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(folder));
  const said =
    written.length === 0
      ? `The project in ${path} is up to date.`
      : `The project in ${path} builds with ESP-IDF ${idf.release}.`;
  const leftOver = update.leftOver.map(
    (file) => `${file} is not part of it any more: remove it, for it would be compiled.`,
  );
  const open = "Open README";
  const chosen = await vscode.window.showInformationMessage([said, ...notes, ...leftOver].join(" "), open);
  if (chosen === open)
    await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.parse(join(folder, "README.md")));
}

const noProject = (manifest: vscode.Uri, message: string): Refusal =>
  new Refusal(message, {
    title: "Show Migration Plan",
    run: () => vscode.commands.executeCommand(commands.showPlan, manifest),
  });
