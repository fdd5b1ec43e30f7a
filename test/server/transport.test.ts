import { fork } from "node:child_process";
import { expect, test } from "vitest";
import {
  createProtocolConnection,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
} from "vscode-languageserver/node";
import { serverBundle } from "../support/lspClient";

test("our own client talks to the server over IPC", async () => {
  const child = fork(await serverBundle(), ["--node-ipc"], { stdio: "pipe" });
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const { serverInfo, capabilities }: InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  expect(serverInfo?.name).toBe("Crossflash");
  expect(capabilities.diagnosticProvider).toBeUndefined();
  await connection.sendRequest("shutdown");
  const gone = new Promise((resolve) => child.once("exit", resolve));
  await connection.sendNotification("exit");
  expect(await gone).toBe(0);
});
