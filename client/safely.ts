import * as vscode from "vscode";
import { isFault } from "../device/flasher/fault";
import type { Command } from "./commands/command";
import { Refusal } from "./refusal";
import type { CommandContext } from "./session";

export { Refusal };

/** Runs a command that somebody asked for. */
export const runSafely = (command: Command, context: CommandContext, argument: unknown): Promise<void> =>
  safely(command.id, context.log, async () => {
    if (command.needsTrust) refuseUntrusted();
    await command.run(context, argument);
  });

/** The one place where errors end: one sentence for the user, the rest into the log. */
export async function safely(
  name: string,
  log: Pick<vscode.LogOutputChannel, "error">,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const fault = isFault(error) ? error : undefined;
    const told = fault ? new Refusal(fault.message) : error;
    log.error(`${name}:`, told instanceof Refusal ? told.message : told);
    // Whoever cancels knows it.
    if (fault?.kind !== "cancelled") await show(told);
  }
}

/** Nothing is written into files or onto boards in Restricted Mode. */
export function refuseUntrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Refusal(
    "This command writes files or to a board, or serves images, so it needs a trusted workspace. Trust the workspace and try again.",
  );
}

async function show(error: unknown): Promise<void> {
  if (!(error instanceof Refusal)) {
    const text = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Crossflash could not do this: ${text}`);
    return;
  }
  const titles = error.action ? [error.action.title] : [];
  const chosen = await vscode.window.showErrorMessage(error.message, ...titles);
  if (chosen !== undefined) await error.action?.run();
}
