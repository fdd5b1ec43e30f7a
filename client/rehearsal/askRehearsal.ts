import * as vscode from "vscode";
import type { Route, StepId } from "../../core/migrate/plan/plan";
import { type CutChoice, cutsFor, noCuts, parseCuts } from "../../core/rehearsal/cuts";
import { type Rehearsal, readRehearsal } from "../../core/rehearsal/readRehearsal";
import { Refusal } from "../refusal";
import { nameOf, rootOf } from "../table";
import { savedFiles } from "../workspaceFiles";

/** The migration as its files are on the disk; a virtual board needs fewer of them. */
export async function rehearsalOf(
  manifest: vscode.Uri,
  isVirtual: boolean,
  repartitioner?: vscode.Uri,
): Promise<Rehearsal> {
  const read = await readRehearsal(
    { manifestPath: manifest.toString(), root: rootOf(manifest).toString() },
    {
      isVirtual,
      repartitioner: repartitioner && { name: nameOf(repartitioner), path: repartitioner.toString() },
    },
    savedFiles,
  );
  if (read.ok) return read.value;
  throw new Refusal(`Nothing is rehearsed. ${read.message}`, {
    title: "Open crossflash.json",
    run: () => vscode.window.showTextDocument(manifest),
  });
}

/** From which slot the board starts; nobody is asked where there is only one. */
export async function askRoute({ migration: { plan } }: Rehearsal): Promise<Route | undefined> {
  const [only, ...others] = plan.routes;
  if (others.length === 0) return only;
  const items = plan.routes.map((route) => ({
    label: route.start,
    description: `${route.steps.length} steps to MicroPython`,
    route,
  }));
  return (await vscode.window.showQuickPick(items, { title: "From Which Slot Do the Devices Run?" }))?.route;
}

const CUTS = "Cut the Power on the Way?";

/** When the power is cut; undefined where the user does not say. */
export async function askCuts(route: Route): Promise<CutChoice | undefined> {
  const items = [
    { label: "No power cuts", description: "to MicroPython without a fault", ask: async () => noCuts },
    { label: "At the beginning of a step…", description: "one cut", ask: () => askStep(route) },
    { label: "By chance…", description: "outside of the hazard window", ask: askSeed },
    {
      label: "As I write it…",
      description: "step=erase-filesystem+500ms, report=7",
      ask: () => askText(route),
    },
  ];
  const options = { title: CUTS, placeHolder: "By the reset line of the board" };
  return (await vscode.window.showQuickPick(items, options))?.ask();
}

async function askStep({ steps }: Route): Promise<CutChoice | undefined> {
  const items = steps.map(({ id, title, isHazardWindow }) => ({
    label: title,
    description: isHazardWindow ? "hazard window: the board may have to be restored by its cable" : "",
    id,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Cut the Power at Which Step?" });
  return chosen && choiceOf(parseCuts(`step=${chosen.id satisfies StepId}`));
}

const choiceOf = (parsed: ReturnType<typeof parseCuts>): CutChoice | undefined =>
  parsed.ok ? parsed.value : undefined;

async function askSeed(): Promise<CutChoice | undefined> {
  const given = await vscode.window.showInputBox({
    title: CUTS,
    prompt: "The same number gives the same cuts.",
    value: "1",
    validateInput: (text) => (/^\d{1,9}$/.test(text) ? undefined : "Enter a number of at most nine digits."),
  });
  return given === undefined ? undefined : { kind: "seed", seed: Number(given) };
}

/** In the words of the command line. */
async function askText(route: Route): Promise<CutChoice | undefined> {
  const faultIn = (text: string): string | undefined => {
    const parsed = parseCuts(text);
    if (!parsed.ok) return `This ${parsed.message}.`;
    const cuts = cutsFor(parsed.value, route);
    return cuts.ok ? undefined : cuts.message;
  };
  const given = await vscode.window.showInputBox({
    title: CUTS,
    prompt: "Several cuts are separated by commas.",
    placeHolder: "step=erase-filesystem+500ms, report=7",
    validateInput: faultIn,
  });
  return given === undefined ? undefined : choiceOf(parseCuts(given));
}
