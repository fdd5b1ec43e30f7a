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

/** The one place where a command's errors end: one sentence for the user, the rest into the log. */
export async function runSafely(command: Command, context: CommandContext, argument: unknown): Promise<void> {
  try {
    if (command.needsTrust && !vscode.workspace.isTrusted) throw new Refusal(untrusted);
    await command.run(context, argument);
  } catch (error) {
    context.log.error(`${command.id}:`, error instanceof Refusal ? error.message : error);
    await show(error);
  }
}

const untrusted =
  "This command writes files, so it needs a trusted workspace. Trust the workspace and try again.";

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
