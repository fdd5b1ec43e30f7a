import * as vscode from "vscode";
import { noFacts } from "../../core/facts";
import {
  type DraftFile,
  draftFiles,
  type MigrationDraft,
  TARGET,
  targetName,
} from "../../core/migrate/draft";
import type { PossibleLayout, ProposalInput } from "../../core/migrate/solve/proposal";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { isInside, relativeTo } from "../../core/project/paths";
import type { BoardDesk } from "../boards/boardDesk";
import { showLayout } from "../layoutTabs";
import { Refusal } from "../safely";
import { nameOf, rootOf } from "../table";
import { readFile } from "../workspaceFiles";
import { writeShown } from "../writeShown";
import { askMicroPython, type ChosenMicroPython } from "./askMicroPython";
import { askBootloader, askFlashSize, askFolder, askLayout } from "./askMore";
import { askSource } from "./askSource";
import type { StatedBootloader } from "./bootloaderAnswer";
import type { StepPlace } from "./prompts";
import type { ChosenSource } from "./readSource";
import { type Answer, asked, inTurn, known } from "./steps";

/** All that was answered. */
interface Answers {
  readonly source: ChosenSource;
  /** Bytes. */
  readonly flashSize: number;
  readonly stated: StatedBootloader;
  readonly micropython: ChosenMicroPython;
  readonly layout: PossibleLayout;
  readonly folder: vscode.Uri;
}

const place = (step: number): StepPlace => ({ title: "New Migration", step, totalSteps: 6 });

/** Asks one thing after the other; undefined where the user stops. */
export async function askForMigration(desk: BoardDesk): Promise<Answers | undefined> {
  const answer = await inTurn(
    () => untilRead(() => askSource(place(1), desk)),
    (source) =>
      inTurn(
        async () => (source.flashSize === undefined ? askFlashSize(place(2)) : known(source.flashSize)),
        (flashSize) =>
          inTurn(
            async () => (source.bootloader?.idf === undefined ? askBootloader(place(3)) : known({})),
            (stated) =>
              inTurn(
                () => untilRead(() => askMicroPython(place(4))),
                (micropython) =>
                  inTurn(
                    () => askLayout(place(5), proposalInput(source, flashSize, micropython), desk.texts),
                    (layout) =>
                      inTurn(
                        () => askFolder(place(6)),
                        async (folder) => asked({ source, flashSize, stated, micropython, layout, folder }),
                      ),
                  ),
              ),
          ),
      ),
  );
  return "value" in answer ? answer.value : undefined;
}

const proposalInput = (
  { entries, tableOffset, chip }: ChosenSource,
  flashSize: number,
  { binary }: ChosenMicroPython,
): ProposalInput => ({
  source: { entries, tableOffset: tableOffset ?? noFacts.tableOffset },
  flashSize,
  chip: chip ?? binary.chip,
  binarySize: binary.appSize,
  micropython: binary,
});

/** What cannot be used is told, and asked for again. */
async function untilRead<T>(ask: () => Promise<Answer<() => Promise<T | undefined>>>): Promise<Answer<T>> {
  for (;;) {
    const answer = await ask();
    if (!("value" in answer)) return answer;
    try {
      const read = await answer.value();
      if (read !== undefined) return asked(read);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  }
}

/** Writes the files, once it is sure that all of them may be, and shows the new table with its picture beside it. */
export async function beginMigration(answers: Answers): Promise<vscode.Uri | undefined> {
  const { folder } = answers;
  const draft = draftOf(answers);
  const manifest = vscode.Uri.joinPath(folder, MANIFEST_NAME);
  const old = await readFile(manifest);
  const files = draftFiles(draft, old ? new TextDecoder().decode(old) : "");
  if (!files.ok)
    throw new Refusal(`Nothing was written. ${files.message}`, {
      title: "Open crossflash.json",
      run: () => vscode.window.showTextDocument(manifest),
    });
  if (!(await mayWrite(files.value, folder))) return undefined;
  for (const { name, text } of files.value) {
    const uri = vscode.Uri.joinPath(folder, name);
    await writeShown(uri, await readFile(uri), new TextEncoder().encode(text));
  }
  const table = vscode.Uri.joinPath(folder, targetName(draft));
  await vscode.window.showTextDocument(table, { preview: false });
  await showLayout(table);
  return manifest;
}

function draftOf({ source, flashSize, stated, micropython, layout, folder }: Answers): MigrationDraft {
  const root = rootOf(vscode.Uri.joinPath(folder, MANIFEST_NAME)).toString();
  const nameIn = (uri: vscode.Uri | undefined): string | undefined =>
    uri && isInside(root, uri.toString()) ? relativeTo(folder.toString(), uri.toString()) : undefined;
  const binary = nameIn(micropython.uri);
  if (binary === undefined)
    throw new Refusal(
      `${nameOf(micropython.uri)} lies outside of the folder of the migration, where crossflash.json cannot name it. Copy it there first. Nothing was written.`,
    );
  const image = nameIn(source.bootloaderFile);
  return {
    chip: source.chip ?? micropython.binary.chip,
    flashSize,
    tableOffset: source.tableOffset ?? noFacts.tableOffset,
    // What the image says need not be written beside it.
    bootloader: { ...(image === undefined ? { idf: source.bootloader?.idf } : { image }), ...stated },
    source: { name: nameIn(source.isCsv ? source.file : undefined), csv: source.csv },
    target: { csv: layout.csv },
    isTargetTaken: source.file?.toString() === vscode.Uri.joinPath(folder, TARGET).toString(),
    micropython: binary,
  };
}

/** Asks before anything that is there is replaced; what would be the same is not. */
async function mayWrite(files: readonly DraftFile[], folder: vscode.Uri): Promise<boolean> {
  const there: string[] = [];
  for (const { name, text } of files) {
    refuseUnsaved(vscode.Uri.joinPath(folder, name));
    const bytes = await readFile(vscode.Uri.joinPath(folder, name));
    if (bytes && new TextDecoder().decode(bytes) !== text) there.push(name);
  }
  if (there.length === 0) return true;
  const replace = "Replace";
  const detail =
    "Of crossflash.json only what this migration says is changed. Nothing is written if you cancel.";
  const question = `${there.join(" and ")} ${there.length === 1 ? "is" : "are"} there already. Replace?`;
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, replace)) === replace;
}

/** What stands in an editor only would be lost. */
function refuseUnsaved(uri: vscode.Uri): void {
  const shown = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (shown?.isDirty)
    throw new Refusal(`${nameOf(uri)} has unsaved changes, so nothing was written. Save or revert it first.`);
}
