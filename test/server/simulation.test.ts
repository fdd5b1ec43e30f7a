import { afterEach, describe, expect, test } from "vitest";
import { CancellationTokenSource, ProgressType } from "vscode-languageserver-protocol/node";
import type { CaseReplay, OperationReport } from "../../core/sim/report";
import { simulateCaseMethod, simulateMethod } from "../../protocol/lsp";
import type { SimulationFinding, SimulationWish } from "../../protocol/simulation";
import { type LspClient, startLspClient } from "../support/lspClient";
import { smallMigration, tooLarge } from "../support/smallMigration";

let client: LspClient;
async function start(more: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  client = await startLspClient({ files: { ...smallMigration, ...more } });
  return client.uriOf("crossflash.json");
}
afterEach(async () => {
  const log = [...client.log];
  await client.stop();
  expect(log).toEqual([]);
});

const wish: SimulationWish = { procedure: "safe", schedule: "exhaustive", seed: 1 };
const ask = (params: object, token?: CancellationTokenSource): Promise<SimulationFinding> =>
  token
    ? client.connection.sendRequest(simulateMethod, params, token.token)
    : client.connection.sendRequest(simulateMethod, params);
const play = (uri: string, id: string): Promise<CaseReplay> =>
  client.connection.sendRequest(simulateCaseMethod, { uri, id });

const worst = (operations: readonly OperationReport[]): OperationReport | undefined =>
  operations.find(({ verdict }) => verdict === "bricked");

describe("a simulation", () => {
  test("finds the window in which the table is written, and plays one of its cases", async () => {
    const uri = await start();
    const { report, routes } = await ask({ uri, wish });
    expect(report.starts.map((one) => one.start)).toEqual(["app0", "app1"]);
    expect(routes.map((route) => route.start)).toEqual(["app0", "app1"]);
    expect(routes[0]?.steps.map(({ id }) => id)).toContain(routes[0]?.pointOfNoReturn);
    expect(report.coverage.isPartial).toBe(false);
    const operation = worst(report.starts[0]?.operations ?? []);
    expect(operation).toMatchObject({ step: "write-table", isHazard: true });
    const cut = operation?.cuts.find(({ verdict }) => verdict === "bricked");
    const replay = await play(uri, cut?.id ?? "");
    expect(replay).toMatchObject({ id: cut?.id, verdict: "bricked", start: "app0" });
    expect(replay.lives.flatMap(({ log }) => log).join("\n")).toContain("step=write-table result=started");
  });

  test("tells what it has found so far and how far it is, and others are answered meanwhile", async () => {
    const uri = await start();
    const found: SimulationFinding[] = [];
    const progress: { kind: string; percentage?: number }[] = [];
    const events: string[] = [];
    client.connection.onProgress(new ProgressType<SimulationFinding>(), "found", (value) => {
      found.push(value);
    });
    client.connection.onProgress(new ProgressType<{ kind: string }>(), "done", (value) => {
      progress.push(value);
    });
    const simulated = ask({ uri, wish, partialResultToken: "found", workDoneToken: "done" });
    const done = simulated.then(() => events.push("simulated"));
    await expect.poll(() => progress.map(({ kind }) => kind)).toContain("begin");
    const csv = client.open("partitions.csv");
    await client.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: csv },
      position: { line: 2, character: 1 },
    });
    events.push("hovered");
    await done;
    expect(events).toEqual(["hovered", "simulated"]);
    expect(progress.at(-1)).toEqual({ kind: "end" });
    const { report } = await simulated;
    expect(found.length).toBeGreaterThan(0);
    for (const { report: part } of found) {
      expect(part.coverage.tried).toBeLessThan(report.coverage.tried);
      expect(part.starts[0]?.operations.length).toBe(report.starts[0]?.operations.length);
    }
  });

  test("ends when it is cancelled", async () => {
    const uri = await start();
    const cancelling = new CancellationTokenSource();
    const begun = new Promise((resolve) => {
      client.connection.onProgress(new ProgressType<object>(), "done", resolve);
    });
    const simulated = ask({ uri, wish, workDoneToken: "done" }, cancelling);
    await begun;
    cancelling.cancel();
    await expect(simulated).rejects.toMatchObject({ code: -32800 });
    expect((await ask({ uri, wish: { ...wish, schedule: "network" } })).report.schedule.kind).toBe("network");
  });

  test("is of the files on the disk, like that of the command line", async () => {
    const uri = await start();
    client.open("partitions.csv", "this is no table");
    expect((await ask({ uri, wish: { ...wish, schedule: "network" } })).report.starts).toHaveLength(2);
  });
});

describe("what cannot be simulated is refused with a sentence", () => {
  const refusals: readonly (readonly [
    name: string,
    more: Readonly<Record<string, string | Uint8Array>>,
    words: string,
  ])[] = [
    ["a manifest with errors", { "crossflash.json": "{" }, "crossflash.json has"],
    ["a manifest that says too little", { "crossflash.json": "{}" }, "does not say"],
    ["a plan with errors", { "micropython.bin": tooLarge }, "so nothing is simulated. "],
  ];
  for (const [name, more, words] of refusals)
    test(name, async () => {
      const uri = await start(more);
      await expect(ask({ uri, wish })).rejects.toMatchObject({
        code: -32803,
        message: expect.stringContaining(words),
      });
    });

  test("a wish that nobody can have", async () => {
    const uri = await start();
    await expect(ask({ uri, wish: { ...wish, schedule: "all" } })).rejects.toMatchObject({ code: -32803 });
    await expect(ask({ wish })).rejects.toMatchObject({ code: -32803 });
  });

  test("a case that is none, and one that the device never comes to", async () => {
    const uri = await start();
    await expect(play(uri, "safe")).rejects.toMatchObject({ message: expect.stringContaining("no id") });
    await expect(play(uri, "safe:ota_0:999999@before")).rejects.toMatchObject({
      message: expect.stringContaining("never comes to"),
    });
  });
});
