import * as vscode from "vscode";
import { FLASH_SIZES, formatFlashSize } from "../../core/chip/flashSize";
import type { PossibleLayout, ProposalInput } from "../../core/migrate/solve/proposal";
import { proposeLayouts } from "../../core/migrate/solve/proposeLayouts";
import { chooseFolder } from "../boards/backups";
import type { ShownTexts } from "../boards/shownTexts";
import { bootloaderFault, type StatedBootloader, statedBootloader } from "./bootloaderAnswer";
import { layoutChoices, layoutsText } from "./layoutChoices";
import { enter, pick, type StepPlace } from "./prompts";
import { type Answer, asked } from "./steps";

/** Where the bootloader does not tell it. */
export const askFlashSize = (place: StepPlace): Promise<Answer<number>> =>
  pick(
    place,
    "How much flash do the devices have, by the header of their bootloader?",
    Promise.resolve(FLASH_SIZES.map((size) => ({ label: formatFlashSize(size), value: size }))),
  );

/** It stays on the devices and decides which MicroPython starts, so it is asked for; but nobody has to know it. */
export async function askBootloader(place: StepPlace): Promise<Answer<StatedBootloader>> {
  const prompt =
    "Which ESP-IDF or Arduino core is their bootloader from? Such as v3.3.5, or arduino 1.0.6. Leave it empty if you do not know.";
  const answer = await enter(place, prompt, bootloaderFault);
  return "value" in answer ? asked(statedBootloader(answer.value) ?? {}) : answer;
}

/** The layouts that are possible, and why others are not; a button shows all of them to be read. */
export function askLayout(
  place: StepPlace,
  input: ProposalInput,
  texts: ShownTexts,
): Promise<Answer<PossibleLayout>> {
  const proposals = proposeLayouts(input);
  const button = { iconPath: new vscode.ThemeIcon("open-preview"), tooltip: "Compare Layouts" };
  const show = () => void texts.show("Proposed Layouts", layoutsText(proposals, input.source.entries));
  const choices = Promise.resolve(layoutChoices(proposals));
  return pick(place, "Which layout shall they get? The button above compares them.", choices, {
    button,
    show,
  });
}

const OTHER = "Another Folder…";

/** Where the migration goes; a folder of the workspace, because no path of a manifest leaves it. */
export async function askFolder(place: StepPlace): Promise<Answer<vscode.Uri>> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({
    label: name,
    description: uri.fsPath,
    value: uri,
  }));
  const choices: { label: string; description: string; value: vscode.Uri | undefined }[] = [
    ...folders,
    { label: OTHER, description: "of the workspace", value: undefined },
  ];
  for (;;) {
    const answer = await pick(place, "Where shall crossflash.json be?", Promise.resolve(choices));
    if (!("value" in answer)) return answer;
    const folder = answer.value ?? (await chooseFolder("Where Shall crossflash.json Be?"));
    if (folder) return asked(folder);
  }
}
