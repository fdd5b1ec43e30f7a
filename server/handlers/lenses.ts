import type { CodeLens } from "vscode-languageserver-protocol";
import { type Lens, lenses } from "../../core/language/lenses";
import { commands } from "../../protocol/commands";
import { rangeOf } from "../convert/text";
import { headerOf } from "../header";
import type { Session } from "../session";

const lensCommands = {
  "open-layout": commands.openLayout,
  "export-header": commands.exportHeader,
  "choose-micropython": commands.chooseMicroPython,
} as const satisfies Record<Lens["action"], string>;

/**
 * Lenses above a table, only those whose command the client has. The source table is what the devices have: it can be
 * looked at, and nothing is exported from it.
 */
export function registerLenses(session: Session): void {
  const { connection, safely, client, table } = session;
  connection.onRequest(
    "textDocument/codeLens",
    safely("Code lenses", [], async ({ textDocument: { uri } }): Promise<CodeLens[]> => {
      const open = await table(uri);
      if (!open || client.commands.size === 0) return [];
      const isSource = open.surroundings.role === "source";
      return lenses(open.analysis, await headerOf(session, open))
        .filter(({ action }) => !isSource || action === "open-layout")
        .map(({ span, title, action }) => ({
          range: rangeOf(open.document, span),
          command: { title, command: lensCommands[action], arguments: [{ uri }] },
        }))
        .filter(({ command }) => client.commands.has(command.command));
    }),
  );
}
