import type {
  CodeAction,
  CodeActionContext,
  Command,
  Diagnostic,
  Range,
} from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { fixAll } from "../../core/language/fixAll";
import { fixesAt, type OfferedFix } from "../../core/language/fixes";
import type { Fix } from "../../core/rules/rule";
import { commands } from "../../protocol/commands";
import { fixAllKind } from "../capabilities";
import type { ClientFeatures } from "../clientFeatures";
import { CodeActionKind, CodeActionTriggerKind } from "../convert/kinds";
import { rangeOf, spanOf, workspaceEditOf } from "../convert/text";
import { type CheckedDocument, check } from "../problems";
import type { OpenTable, Session } from "../session";

/** Quick fixes for the problems in a range, and one action that mends all that can be mended. */
export function registerFixes(session: Session): void {
  const { connection, safely, client } = session;
  connection.onRequest(
    "textDocument/codeAction",
    safely("Code actions", [], async ({ textDocument, range, context }) => {
      const checked = await check(session, textDocument.uri);
      // Without literals an action could only be a command, and commands are the client's.
      if (!checked || !client.codeActionLiterals) return [];
      return [
        ...(wants(context, CodeActionKind.QuickFix)
          ? quickFixes(checked, range, context.diagnostics, client)
          : []),
        ...(checked.table && isAsked(context) && wants(context, fixAllKind)
          ? fixAllAction(checked.table, client)
          : []),
      ];
    }),
  );
}

const wants = ({ only }: CodeActionContext, kind: string): boolean =>
  only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));

/** Editors look for fixes with every move of the cursor; mending everything is worked out only for who wants it. */
const isAsked = ({ only, triggerKind }: CodeActionContext): boolean =>
  only !== undefined || triggerKind !== CodeActionTriggerKind.Automatic;

const quickFixes = (
  { document, problems }: CheckedDocument,
  range: Range,
  diagnostics: readonly Diagnostic[],
  client: ClientFeatures,
): CodeAction[] =>
  fixesAt(problems, spanOf(document, range)).flatMap((offered) =>
    quickFix(document, offered, diagnostics, client),
  );

function quickFix(
  document: TextDocument,
  { problem, fix, isPreferred }: OfferedFix,
  diagnostics: readonly Diagnostic[],
  client: ClientFeatures,
): CodeAction[] {
  const at = JSON.stringify(rangeOf(document, problem.at));
  const mended = diagnostics.filter(({ code, range }) => code === problem.id && JSON.stringify(range) === at);
  const action = { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: mended, isPreferred };
  if ("edits" in fix) return [{ ...action, edit: workspaceEditOf(document, fix.edits, client) }];
  const command = commandOf(fix, document.uri, client);
  return command ? [{ ...action, command }] : [];
}

type ActionFix = Extract<Fix, { action: string }>;

const actionCommands = {
  "extract-app": commands.extractApp,
  "choose-micropython": commands.chooseMicroPython,
  "export-header": commands.exportHeader,
} as const satisfies Record<ActionFix["action"], string>;

function commandOf({ title, action }: ActionFix, uri: string, client: ClientFeatures): Command | undefined {
  const command = actionCommands[action];
  return client.commands.has(command) ? { title, command, arguments: [{ uri }] } : undefined;
}

function fixAllAction({ analysis, severities, document }: OpenTable, client: ClientFeatures): CodeAction[] {
  const edits = fixAll(analysis.csv.text, analysis.facts, severities);
  if (edits.length === 0) return [];
  const edit = workspaceEditOf(document, edits, client);
  return [{ title: "Fix all problems that can be fixed", kind: fixAllKind, edit }];
}
