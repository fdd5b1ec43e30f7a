import { describe, expect, test } from "vitest";
import {
  type FromSimulationName,
  type FromSimulationParams,
  fromSimulation,
  MAX_SEED,
  readFromSimulation,
  simulationProtocol,
} from "../../protocol/simulation";

const wish = { procedure: "safe", schedule: "exhaustive", seed: 1 } as const;

/** Every message in every form that the page uses. */
const good: { readonly [N in FromSimulationName]: readonly FromSimulationParams[N][] } = {
  ready: [{ protocol: simulationProtocol }],
  simulate: [{ wish }, { wish: { procedure: "published", schedule: "random", seed: MAX_SEED } }],
  cancel: [{}],
  showCase: [{ run: 3, id: "safe:ota_0:137@middle+140@before" }],
  showPlan: [{}],
  showManifest: [{}],
  copy: [{ text: "crossflash simulate --case safe:ota_0:137@middle" }],
  failed: [{ message: "TypeError: x is not a function" }],
};

const allGood = Object.entries(good).flatMap(([name, forms]) =>
  forms.map((params) => ({ name, params: params as object })),
);

test.each(allGood)("the page may say $name $params", (message) =>
  expect(readFromSimulation(JSON.parse(JSON.stringify(message)))).toEqual(message),
);

test("every message is tried", () => expect(Object.keys(good)).toEqual(Object.keys(fromSimulation)));

describe("what the page could not have meant", () => {
  const bad: readonly unknown[] = [
    undefined,
    null,
    "ready",
    { name: "ready" },
    { name: "constructor", params: {} },
    { name: "ready", params: { protocol: "1" } },
    { name: "simulate", params: {} },
    { name: "simulate", params: { wish: { ...wish, procedure: "quick" } } },
    { name: "simulate", params: { wish: { ...wish, schedule: "all" } } },
    { name: "simulate", params: { wish: { ...wish, seed: -1 } } },
    { name: "simulate", params: { wish: { ...wish, seed: 0.5 } } },
    { name: "simulate", params: { wish: { ...wish, seed: MAX_SEED + 1 } } },
    { name: "showCase", params: { run: 1, id: "x".repeat(1001) } },
    { name: "showCase", params: { run: -1, id: "x" } },
    { name: "copy", params: { text: "x".repeat(2001) } },
  ];
  test.each(bad)("%j", (message) => expect(readFromSimulation(message)).toBeUndefined());
});
