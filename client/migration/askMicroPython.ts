import * as vscode from "vscode";
import type { ChosenBinary } from "../../core/facts";
import { chosenBinary } from "../../core/project/chosenBinary";
import { sizeText } from "../../core/text/units";
import { appOf } from "../commands/chooseMicroPython";
import { workspaceFiles } from "../workspaceFiles";
import { type Choice, pick, type StepPlace } from "./prompts";
import type { Answer } from "./steps";

/** The app that the devices get. */
export interface ChosenMicroPython {
  readonly uri: vscode.Uri;
  readonly binary: ChosenBinary;
}

/** Reads what was chosen; undefined where the user thinks better of it. */
export type ReadMicroPython = () => Promise<ChosenMicroPython | undefined>;

export const askMicroPython = (place: StepPlace): Promise<Answer<ReadMicroPython>> =>
  pick(place, "Which MicroPython do the devices get?", choices());

async function choices(): Promise<Choice<ReadMicroPython>[]> {
  const found = await vscode.workspace.findFiles("**/*.{bin,app-bin}", "**/node_modules/**", 200);
  const images = await Promise.all(
    found.toSorted((a, b) => a.path.localeCompare(b.path)).map((uri) => imageChoice(uri)),
  );
  const browse = {
    label: "Browse…",
    description: "for another one",
    iconPath: new vscode.ThemeIcon("folder-opened"),
    value: browseFor,
  };
  return [...images.flat(), browse];
}

/** What is no image of an app is not shown. */
async function imageChoice(uri: vscode.Uri): Promise<Choice<ReadMicroPython>[]> {
  const binary = await binaryAt(uri);
  if (binary.kind === "unusable") return [];
  const isApp = binary.kind === "app";
  return [
    {
      label: vscode.workspace.asRelativePath(uri),
      description: [binary.title, binary.chip?.name, sizeText(binary.appSize)].filter(Boolean).join(" · "),
      ...(isApp ? {} : { detail: "Combined image: its app must be extracted." }),
      iconPath: new vscode.ThemeIcon(isApp ? "file-binary" : "package"),
      value: () => chosenAt(uri),
    },
  ];
}

async function browseFor(): Promise<ChosenMicroPython | undefined> {
  const title = "Choose MicroPython Binary";
  const filters = { Images: ["bin", "app-bin"], "All files": ["*"] };
  const uri = (await vscode.window.showOpenDialog({ title, filters }))?.[0];
  return uri && chosenAt(uri);
}

/** Of a combined image the app is extracted, which asks. */
async function chosenAt(uri: vscode.Uri): Promise<ChosenMicroPython | undefined> {
  const { kind, fault } = await binaryAt(uri);
  const app = await appOf({ uri, use: kind, why: fault });
  return app && { uri: app, binary: await binaryAt(app) };
}

async function binaryAt(uri: vscode.Uri): Promise<ChosenBinary> {
  const name = vscode.workspace.asRelativePath(uri);
  const report = await workspaceFiles.inspect(uri.toString());
  return report
    ? chosenBinary(name, report)
    : { name, kind: "unusable", fault: "The file cannot be read.", appSize: 0, title: "" };
}
