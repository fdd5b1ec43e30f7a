import * as vscode from "vscode";
import { Refusal } from "../safely";
import type { Lab, LabPort } from "./lab";
import { detailOf, labelOf } from "./labels";
import type { BoardMemory } from "./memory";

/** The item of the Boards view that a command was run on. */
export function portOfArgument(argument: unknown): string | undefined {
  if (typeof argument !== "object" || argument === null || !("portPath" in argument)) return undefined;
  return typeof argument.portPath === "string" ? argument.portPath : undefined;
}

interface BoardChoice extends vscode.QuickPickItem {
  readonly path: string;
}

/** The boards that the user means, those of last time first; none where the user means none. */
export async function chooseBoards(
  title: string,
  argument: unknown,
  lab: Lab,
  memory: BoardMemory,
): Promise<readonly string[]> {
  const path = portOfArgument(argument);
  if (path !== undefined) return [path];
  const items = await choices(lab, memory);
  const options = { title, placeHolder: "Check one or several boards", canPickMany: true as const };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (!chosen) return [];
  // Whoever presses Enter on a line of this list has not checked it, and would wait for what never comes.
  if (chosen.length === 0)
    throw new Refusal(
      "No board was checked. Check a board with the mouse or the space bar, then press Enter.",
    );
  const paths = chosen.map((item) => item.path);
  await memory.choose(paths);
  return paths;
}

/** The one board that the user means. */
export async function chooseBoard(
  title: string,
  argument: unknown,
  lab: Lab,
  memory: BoardMemory,
): Promise<string | undefined> {
  const path = portOfArgument(argument);
  if (path !== undefined) return path;
  const items = (await choices(lab, memory)).map(({ picked: _, ...item }) => item);
  const chosen = (await vscode.window.showQuickPick(items, { title }))?.path;
  if (chosen !== undefined) await memory.choose([chosen]);
  return chosen;
}

async function choices(lab: Lab, memory: BoardMemory): Promise<BoardChoice[]> {
  await lab.look();
  const last = memory.lastPorts();
  const isLast = ({ port }: LabPort): boolean => last.includes(port.path);
  const ports = lab.ports().toSorted((a, b) => Number(isLast(b)) - Number(isLast(a)));
  if (ports.length === 0)
    throw new Refusal(
      "No port was found. Connect a board with a USB cable that carries data, and try again.",
    );
  return ports.map((shown) => ({
    path: shown.port.path,
    label: labelOf(shown),
    description: [detailOf(shown), shown.task?.title].filter(Boolean).join(" · "),
    picked: ports.length === 1 || isLast(shown),
  }));
}
