import type { CodeLens } from "vscode-languageserver-protocol";
import { type Lens, lenses } from "../../core/language/lenses";
import { commands } from "../../protocol/commands";
import { rangeOf } from "../convert/text";
import { headerOf } from "../header";
import type { Session } from "../session";

const lensCommands = {
  "export-header": commands.exportHeader,
  "choose-micropython": commands.chooseMicroPython,
} as const satisfies Record<Lens["action"], string>;

/** Lenses above a table, only those whose command the client has. */
export function registerLenses(session: Session): void {
  const { connection, safely, client, table } = session;
  connection.onRequest(
    "textDocument/codeLens",
    safely("Code lenses", [], async ({ textDocument: { uri } }): Promise<CodeLens[]> => {
      const open = await table(uri);
      // The source table is what the devices have; nothing is exported from it.
      if (!open || client.commands.size === 0 || open.surroundings.role === "source") return [];
      const header = await headerOf(session, open);
      return lenses(open.analysis, header)
        .map(({ span, title, action }) => ({
          range: rangeOf(open.document, span),
          command: { title, command: lensCommands[action], arguments: [{ uri }] },
        }))
        .filter(({ command }) => client.commands.has(command.command));
    }),
  );
}
