import { describe, expect, it } from "vitest";
import type { ReplayOutcome, SimulationOutcome, Simulator } from "../../client/simulation/ports";
import { simulationSession } from "../../client/simulation/simulationSession";
import type { CaseReplay } from "../../core/sim/report";
import {
  type FromSimulationName,
  type FromSimulationParams,
  type SimulationFinding,
  type SimulationSnapshot,
  type SimulationWish,
  simulationProtocol,
  type ToSimulationMessage,
} from "../../protocol/simulation";
import { found, reportOf, route } from "../webview/support/simulation";

/** Resolves when all that was set off is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

interface Run {
  readonly wish: SimulationWish;
  readonly signal: AbortSignal;
  tell(found: SimulationFinding): void;
  end(outcome: SimulationOutcome): Promise<void>;
}

/** A session whose simulations end when a test says so. */
function opened() {
  const runs: Run[] = [];
  const told: ToSimulationMessage[] = [];
  const done: string[] = [];
  const window = {
    title: "crossflash.json",
    isVisible: true,
    post: (message: ToSimulationMessage) => void told.push(structuredClone(message)),
    showPlan: () => void done.push("plan"),
    showManifest: () => void done.push("manifest"),
    copy: (text: string) => void done.push(`copy ${text}`),
    log: (message: string) => void done.push(`log ${message}`),
  };
  const simulator: Simulator = {
    simulate: (wish, tell, signal) =>
      new Promise((resolve) => {
        const end = async (outcome: SimulationOutcome) => {
          resolve(outcome);
          await new Promise((next) => setImmediate(next));
        };
        signal.addEventListener("abort", () => resolve({ kind: "cancelled" }));
        runs.push({ wish, signal, tell, end });
      }),
    replay: async (id): Promise<ReplayOutcome> =>
      id === "gone"
        ? { kind: "refused", message: "There is no such case." }
        : { kind: "done", replay: { id } as CaseReplay },
  };
  const session = simulationSession(simulator, window);
  const send = async <N extends FromSimulationName>(
    name: N,
    params: FromSimulationParams[N],
  ): Promise<void> => {
    session.receive({ name, params });
    await settled();
  };
  const run = (index: number): Run => {
    const wanted = runs[index];
    if (!wanted) throw new Error(`There was no run ${index}.`);
    return wanted;
  };
  const snapshot = (): SimulationSnapshot => {
    const last = told.findLast(({ name }) => name === "snapshot");
    if (last?.name !== "snapshot") throw new Error("The page was told no snapshot.");
    return last.params;
  };
  return { session, window, runs, run, told, done, send, snapshot };
}

const ready = { protocol: simulationProtocol };
const published: SimulationWish = { procedure: "published", schedule: "network", seed: 2 };
const other: SimulationFinding = { report: { ...reportOf(), procedure: "published" }, routes: [route] };

describe("a page that is ready", () => {
  it("is told what is found, as it is found, and how it ended", async () => {
    const { send, run, snapshot } = opened();
    await send("ready", ready);
    expect(snapshot()).toMatchObject({ run: 1, state: "running", wish: { procedure: "safe" } });
    run(0).tell(found);
    expect(snapshot()).toEqual({ ...snapshot(), run: 1, state: "running", found });
    await run(0).end({ kind: "done", found });
    expect(snapshot()).toMatchObject({ run: 1, state: "done", found });
  });

  it("is told the same again when it comes back, and nothing runs for it", async () => {
    const { send, run, runs, snapshot, told } = opened();
    await send("ready", ready);
    await run(0).end({ kind: "done", found });
    const before = snapshot();
    await send("ready", ready);
    expect(told.at(-1)).toEqual({ name: "snapshot", params: before });
    expect(runs).toHaveLength(1);
  });

  it("of another version is told nothing", async () => {
    const { send, told, done } = opened();
    await send("ready", { protocol: simulationProtocol + 1 });
    expect(told).toEqual([]);
    expect(done.join()).toContain("speaks version");
  });
});

describe("another wish", () => {
  it("ends the run before, of which nothing is shown any more; what it found stays until there is news", async () => {
    const { send, run, snapshot } = opened();
    await send("ready", ready);
    run(0).tell(found);
    await send("simulate", { wish: published });
    expect(run(0).signal.aborted).toBe(true);
    expect(snapshot()).toMatchObject({ run: 2, wish: published, state: "running", isOld: true, found });
    run(0).tell(found);
    await run(0).end({ kind: "done", found });
    expect(snapshot()).toMatchObject({ run: 2, state: "running", isOld: true });
    run(1).tell(other);
    expect(snapshot().isOld).toBeUndefined();
    expect(snapshot().found).toEqual(other);
  });
});

describe("a run that is cancelled", () => {
  it("keeps what it has found", async () => {
    const { send, run, snapshot } = opened();
    await send("ready", ready);
    run(0).tell(found);
    await send("cancel", {});
    await settled();
    expect(snapshot()).toMatchObject({ run: 1, state: "cancelled", found });
  });

  it("does not pass off what another one has found", async () => {
    const { send, run, snapshot } = opened();
    await send("ready", ready);
    await run(0).end({ kind: "done", found });
    await send("simulate", { wish: published });
    await send("cancel", {});
    await settled();
    expect(snapshot()).toMatchObject({ run: 2, state: "cancelled" });
    expect(snapshot().found).toBeUndefined();
  });
});

it("says why there is nothing to simulate, and simulates when that changes", async () => {
  const { send, session, run, snapshot } = opened();
  await send("ready", ready);
  await run(0).end({ kind: "refused", message: "crossflash.json has an error." });
  expect(snapshot()).toMatchObject({ state: "refused", refusal: "crossflash.json has an error." });
  session.filesChanged();
  expect(snapshot().refusal).toBeUndefined();
  await settled();
  await run(1).end({ kind: "done", found });
  expect(snapshot()).toMatchObject({ run: 2, state: "done", found });
});

it("works nothing out while nobody looks", async () => {
  const { send, session, window, run, runs } = opened();
  session.filesChanged();
  expect(runs).toHaveLength(0);
  await send("ready", ready);
  await run(0).end({ kind: "done", found });
  window.isVisible = false;
  session.filesChanged();
  session.filesChanged();
  session.shown();
  expect(runs).toHaveLength(1);
  window.isVisible = true;
  session.shown();
  session.shown();
  await settled();
  expect(runs).toHaveLength(2);
  session.dispose();
  expect(run(1).signal.aborted).toBe(true);
});

it("simulates once for many changes that come together", async () => {
  const { send, session, run, runs, snapshot } = opened();
  await send("ready", ready);
  for (let change = 0; change < 5; change++) session.filesChanged();
  await settled();
  expect(runs).toHaveLength(2);
  await run(1).end({ kind: "done", found });
  expect(snapshot()).toMatchObject({ run: 6, state: "done" });
});

it("plays cases of the run that is shown, and no others", async () => {
  const { send, run, told } = opened();
  await send("ready", ready);
  await run(0).end({ kind: "done", found });
  await send("showCase", { run: 1, id: "safe:ota_0:3@middle" });
  await send("showCase", { run: 1, id: "gone" });
  await send("showCase", { run: 9, id: "safe:ota_0:4@middle" });
  await settled();
  expect(told.filter(({ name }) => name === "replay").map(({ params }) => params)).toEqual([
    { run: 1, id: "safe:ota_0:3@middle", replay: { id: "safe:ota_0:3@middle" } },
    { run: 1, id: "gone", fault: "There is no such case." },
  ]);
});

it("does in the window what the page wants, and nothing that is no message", async () => {
  const { session, send, done } = opened();
  await send("showPlan", {});
  await send("showManifest", {});
  await send("copy", { text: "safe:ota_0:3@middle" });
  await send("failed", { message: "TypeError" });
  session.receive({ name: "showPlan" });
  session.receive(undefined);
  expect(done).toEqual([
    "plan",
    "manifest",
    "copy safe:ota_0:3@middle",
    "log The page failed: TypeError",
    "log The page sent something that is no message.",
    "log The page sent something that is no message.",
  ]);
});
