import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "../server";
import { nodeRuntime } from "./runtime";

/** `--node-ipc` for our own client, `--socket` and `--pipe` as the protocol's library has them, otherwise stdio. */
const asked = process.argv.some((argument) => /^--(node-ipc|stdio|socket|pipe)\b/.test(argument));
const connection = asked
  ? createConnection(ProposedFeatures.all)
  : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
startServer(connection, nodeRuntime);
