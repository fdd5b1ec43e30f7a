import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { type Answer, type ServerProcess, startServerProcess } from "../support/serverProcess";

const notInitialized = -32002;
const invalidRequest = -32600;
const methodNotFound = -32601;
const cancelled = -32800;

const bare = { processId: null, rootUri: null, capabilities: {} };
const hover = { textDocument: { uri: "file:///partitions.csv" }, position: { line: 0, character: 0 } };

const started = async (params: object = bare): Promise<ServerProcess> => {
  const server = await startServerProcess();
  expect(await server.ask("initialize", params)).toMatchObject({
    result: { serverInfo: { name: "Crossflash" } },
  });
  server.tell("initialized", {});
  return server;
};

const refused = (answer: Answer, code: number): void => {
  expect(answer).toMatchObject({ error: { code, message: expect.stringMatching(/^The .+\.$/) } });
};

test("nothing is answered before the server knows its client", async () => {
  const server = await startServerProcess();
  refused(await server.ask("textDocument/hover", hover), notInitialized);
  refused(await server.ask("shutdown"), notInitialized);
  server.tell("textDocument/didOpen", { textDocument: { ...hover.textDocument, version: 1, text: "" } });
  expect(await server.ask("initialize", bare)).toHaveProperty("result.capabilities.hoverProvider", true);
  refused(await server.ask("initialize", bare), invalidRequest);
  expect(await server.ask("textDocument/hover", hover)).toMatchObject({ result: null });
  server.tell("exit");
  expect(await server.ended()).toEqual({ code: 1, stderr: "" });
});

test("unknown requests are refused, unknown notifications ignored", async () => {
  const server = await started();
  server.tell("$/setTrace", { value: "off" });
  server.tell("$/nobodyKnowsThis");
  server.tell("textDocument/willSave", {});
  refused(await server.ask("textDocument/definition", hover), methodNotFound);
  refused(await server.ask("$/nobodyKnowsThis"), methodNotFound);
  expect(await server.ask("textDocument/hover", hover)).toMatchObject({ result: null });
  server.hangUp();
  expect((await server.ended()).stderr).toBe("");
});

test("a request without parameters is answered with nothing, and the log says so", async () => {
  const server = await started();
  expect(await server.ask("textDocument/hover")).toMatchObject({ result: null });
  expect(await server.answerTo(0)).toMatchObject({
    method: "window/logMessage",
    params: { type: 1, message: expect.stringMatching(/^Hover failed/) },
  });
  server.hangUp();
  await server.ended();
});

test("after shutdown only exit is left", async () => {
  const server = await started();
  expect(await server.ask("shutdown")).toMatchObject({ result: null });
  refused(await server.ask("textDocument/hover", hover), invalidRequest);
  refused(await server.ask("shutdown"), invalidRequest);
  refused(await server.ask("initialize", bare), invalidRequest);
  server.tell("exit");
  expect(await server.ended()).toEqual({ code: 0, stderr: "" });
});

test("exit without shutdown is a failure", async () => {
  const server = await started();
  server.tell("exit");
  expect(await server.ended()).toEqual({ code: 1, stderr: "" });
});

test("the server ends with its input", async () => {
  const early = await startServerProcess();
  early.hangUp();
  expect(await early.ended()).toEqual({ code: 1, stderr: "" });
  const late = await started();
  await late.ask("shutdown");
  late.hangUp();
  expect(await late.ended()).toEqual({ code: 0, stderr: "" });
});

test("the server ends when its client's process is gone", { timeout: 20_000 }, async () => {
  const client = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
  const server = await started({ ...bare, processId: client.pid });
  client.kill();
  expect(await server.ended()).toEqual({ code: 1, stderr: "" });
});

test("a cancelled request says so, and the next is answered", async () => {
  const server = await started();
  const request = { method: "textDocument/hover", params: hover };
  server.send({ id: 1, ...request }, { id: 2, ...request }, { method: "$/cancelRequest", params: { id: 1 } });
  refused(await server.answerTo(1), cancelled);
  expect(await server.answerTo(2)).toMatchObject({ result: null });
  server.hangUp();
  await server.ended();
});

test("what is not the protocol ends nothing", async () => {
  const server = await started();
  server.send({ neither: "request nor answer" });
  expect(await server.ask("textDocument/hover", hover)).toMatchObject({ result: null });
  server.hangUp();
  expect((await server.ended()).stderr).toContain("neither");
});
