import { type ChildProcess, fork, spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  createClientPipeTransport,
  createClientSocketTransport,
  createProtocolConnection,
  generateRandomPipeName,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serverBundle } from "../support/lspClient";
import { startServerProcess } from "../support/serverProcess";

/** A server and the client's end of the line to it. */
interface Line {
  readonly child: ChildProcess;
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly hangUp: () => void;
}

const overStdio = async (...args: string[]): Promise<Line> => {
  const child = spawn(process.execPath, [await serverBundle(), ...args], { stdio: "pipe" });
  return {
    child,
    reader: new StreamMessageReader(child.stdout),
    writer: new StreamMessageWriter(child.stdin),
    hangUp: () => child.stdin.end(),
  };
};

const overIpc = async (): Promise<Line> => {
  const child = fork(await serverBundle(), ["--node-ipc"], { stdio: "pipe" });
  return {
    child,
    reader: new IPCMessageReader(child),
    writer: new IPCMessageWriter(child),
    hangUp: () => child.disconnect(),
  };
};

const overSocket = async (
  argument: string,
  { onConnected }: { onConnected(): Promise<[MessageReader, MessageWriter]> },
): Promise<Line> => {
  const child = spawn(process.execPath, [await serverBundle(), argument], { stdio: "pipe" });
  const [reader, writer] = await onConnected();
  return { child, reader, writer, hangUp: () => (writer as unknown as { dispose(): void }).dispose() };
};

const lines: readonly [string, () => Promise<Line>][] = [
  ["stdio, without an argument", () => overStdio()],
  ["stdio", () => overStdio("--stdio", "--clientProcessId=1")],
  ["IPC, as our own client", overIpc],
  [
    "a socket",
    async () => {
      const transport = await createClientSocketTransport(0);
      return overSocket(`--socket=${transport.port()}`, transport);
    },
  ],
  [
    "a pipe",
    async () => {
      const name = generateRandomPipeName();
      return overSocket(`--pipe=${name}`, await createClientPipeTransport(name));
    },
  ],
];

describe.each(lines)("a client that talks over %s", (_, open) => {
  const initialized = async () => {
    const line = await open();
    const connection = createProtocolConnection(line.reader, line.writer);
    connection.listen();
    const { serverInfo, capabilities }: InitializeResult = await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    expect(serverInfo?.name).toBe("Crossflash");
    expect(capabilities.diagnosticProvider).toBeUndefined();
    return { ...line, connection, gone: new Promise((resolve) => line.child.once("exit", resolve)) };
  };

  test("is answered until it says exit", async () => {
    const { connection, gone } = await initialized();
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    expect(await gone).toBe(0);
    connection.dispose();
  });

  test("leaves no server behind when it hangs up", async () => {
    const { connection, hangUp, gone } = await initialized();
    hangUp();
    expect(await gone).toBe(1);
    connection.dispose();
  });
});

test("a client that does not listen is named", async () => {
  const server = await startServerProcess("--pipe=/nowhere/at/all.sock");
  const { code, stderr } = await server.ended();
  expect(code).toBe(1);
  expect(stderr).toContain("/nowhere/at/all.sock");
});
