import * as vscode from "vscode";
import type { Command } from "./commands/command";
import type { CommandContext } from "./session";

/** A refusal that the user can do something about: the message is a full sentence for people. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** Shown as a button. */
    readonly action?: { readonly title: string; readonly run: () => Thenable<unknown> },
  ) {
    super(message);
  }
}

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
    log.error(`${name}:`, error instanceof Refusal ? error.message : error);
    await show(error);
  }
}

/** Nothing is written into files in Restricted Mode. */
export function refuseUntrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Refusal(
    "This command writes files, so it needs a trusted workspace. Trust the workspace and try again.",
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
