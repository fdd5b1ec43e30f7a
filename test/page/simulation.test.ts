import type { CaseReplay } from "../../core/sim/report";
import { operationsOf, reportOf, route, snapshotOf, told } from "../webview/support/simulation";
import { eventually, expect, test } from "./support/test";

/** Markup in every text that comes from files or devices. */
const markup = "<img src=x onerror=alert(1)>";

const regions = [
  { name: "partition table", offset: 0x8000, size: 0x1000, holds: markup },
  { name: "app0", offset: 0x10000, size: 0x140000, holds: "the repartitioner" },
];

const replay: CaseReplay = {
  id: "safe:ota_0:6@middle",
  verdict: "bricked",
  start: "app0",
  lives: [
    {
      number: 0,
      app: "repartitioner",
      from: "app0",
      end: "cut",
      log: ["I (312) crossflash: step=write-table result=started"],
      operations: 7,
      leftOut: 0,
    },
    {
      number: 1,
      app: undefined,
      from: undefined,
      end: "no-boot",
      log: ["E (47) boot: Failed to verify partition table", markup],
      operations: 0,
      leftOut: 3,
    },
  ],
  around: [],
  cutFlash: regions,
  flash: regions,
  narrative: ["The bootloader starts nothing."],
};

test("the keyboard goes along the operations and opens one of them", async ({ openSimulation }) => {
  const { page, sent, mark, inspector, press, focused } = await openSimulation(snapshotOf(), () => ({
    replay,
  }));
  await mark(0).focus();
  await press("ArrowRight", "ArrowRight");
  expect(await focused()).toBe(
    "Operation 2, erase 4 KB at 0xa000 in app1, step copy-to-runner: a cut here resumes",
  );
  await eventually(() => page.locator('[data-index][tabindex="0"]').getAttribute("data-index")).toBe("2");
  await press("PageDown", "ArrowRight", "Enter");
  await eventually(() => inspector.innerText()).toContain("Operation 6: write 4 KB at 0xe000 in app1");
  await eventually(() => inspector.innerText()).toContain("Failed to verify partition table");
  expect(sent.at(-1)).toEqual({ name: "showCase", params: { run: 1, id: "safe:ota_0:6@middle" } });
  expect(await mark(6).getAttribute("aria-pressed")).toBe("true");
  expect(await inspector.innerText()).toContain("crossflash simulate --case safe:ota_0:6@middle");
  expect(await focused()).toContain("Operation 6, ");
  await press("End");
  expect(await focused()).toContain("Operation 8, ");
  await press("Home", "Escape");
  expect(await focused()).toContain("Operation 0, ");
  await eventually(() => inspector.innerText()).toContain("No operation selected");
});

test("of an operation each cut can be looked at", async ({ openSimulation }) => {
  const { sent, mark, inspector } = await openSimulation(snapshotOf());
  await mark(6).click();
  const cuts = inspector.locator(".cut");
  await eventually(() => cuts.allInnerTexts()).toHaveLength(3);
  expect((await cuts.allInnerTexts()).map((text) => text.split(/\s{2,}|\n/).join(": "))).toEqual([
    "Before it: Bricked",
    "Half done: Bricked",
    "After it: Resumes",
  ]);
  await cuts.last().click();
  expect(sent.at(-1)).toEqual({ name: "showCase", params: { run: 1, id: "safe:ota_0:6@after" } });
  await eventually(() => inspector.innerText()).toContain("Nobody knows.");
  await inspector.locator("vscode-button", { hasText: "Copy Case ID" }).click();
  expect(sent.at(-1)).toEqual({ name: "copy", params: { text: "safe:ota_0:6@after" } });
});

test("faults of the network are shown as cases, because they belong to no operation", async ({
  openSimulation,
}) => {
  const report = { ...reportOf(), schedule: { kind: "network" } as const };
  const { page, sent, inspector } = await openSimulation(
    snapshotOf({ found: { report, routes: [route] } }),
    () => ({
      replay,
    }),
  );
  expect(await page.locator("[data-index]").count()).toBe(0);
  await eventually(() => inspector.innerText()).toContain("No case selected");
  expect(await page.locator(".tile").first().innerText()).toContain("the window that the plan declares");
  await page.locator(".bad-cases .cut").first().click();
  await eventually(() => inspector.innerText()).toContain("Failed to verify partition table");
  expect(sent.at(-1)).toEqual({ name: "showCase", params: { run: 1, id: report.badCases[0]?.id } });
});

test("names, logs and contents are text, whatever they hold", async ({ openSimulation }) => {
  const operations = operationsOf("ota_0", told).map((one) => ({ ...one, place: markup }));
  const steps = route.steps.map((step) => ({ ...step, title: markup }));
  const found = { report: reportOf(operations), routes: [{ ...route, steps }] };
  const { page, mark, inspector } = await openSimulation(snapshotOf({ found, title: markup }), () => ({
    replay,
  }));
  await mark(6).click();
  await eventually(() => inspector.locator("pre").allInnerTexts()).toHaveLength(2);
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.locator("h3", { hasText: markup }).count()).toBe(1);
});

test("other fields count at once for the fleet, and are simulated anew for what goes wrong", async ({
  openSimulation,
}) => {
  const { page, sent } = await openSimulation(snapshotOf());
  const tile = page.locator(".tile", { hasText: "Devices lost" });
  const before = await tile.innerText();
  const devices = page.getByLabel("Devices", { exact: true });
  await devices.fill("100000000");
  await devices.press("Tab");
  await eventually(() => tile.innerText()).toContain("expected of 100,000,000");
  expect(await tile.innerText()).not.toBe(before);
  await devices.fill("-1");
  await devices.press("Tab");
  expect(await devices.inputValue()).toBe("100000000");
  await page.getByLabel("What goes wrong").selectOption("recovery");
  expect(sent.at(-1)).toEqual({
    name: "simulate",
    params: { wish: { procedure: "safe", schedule: "recovery", seed: 1 } },
  });
});

test("a run shows how far it is, can be cancelled, and why there is none", async ({ openSimulation }) => {
  const report = { ...reportOf(), coverage: { ...reportOf().coverage, planned: 54, isPartial: true } };
  const running = snapshotOf({ state: "running", found: { report, routes: [route] } });
  const { page, sent, tell } = await openSimulation(running);
  expect(await page.locator(".progress").innerText()).toContain("27 of 54 cases");
  await page.locator("vscode-button", { hasText: "Cancel" }).click();
  expect(sent.at(-1)).toEqual({ name: "cancel", params: {} });
  tell({ name: "snapshot", params: { ...running, state: "cancelled" } });
  await eventually(() => page.locator(".notice").allInnerTexts()).toEqual([
    "Cancelled after 27 of 54 cases.",
  ]);
  const { found: _, ...refused } = snapshotOf({ run: 2, state: "refused", refusal: "There is no binary." });
  tell({ name: "snapshot", params: refused });
  await eventually(() => page.getByRole("alert").innerText()).toContain("There is no binary.");
  await page.locator("vscode-button", { hasText: "Open crossflash.json" }).click();
  expect(sent.at(-1)).toEqual({ name: "showManifest", params: {} });
});

test("what was chosen is there again when the page comes back", async ({ openSimulation }) => {
  const { page, sent, mark, inspector } = await openSimulation(snapshotOf(), () => ({ replay }));
  await mark(6).click();
  await page.getByLabel("Only where a cut ends badly").check();
  await eventually(() => page.locator("[data-index]").count()).toBe(2);
  const before = sent.length;
  await page.reload();
  await eventually(() => inspector.innerText()).toContain("Operation 6");
  expect(await page.locator("[data-index]").count()).toBe(2);
  await eventually(() => sent.slice(before).map(({ name }) => name)).toEqual(["ready", "showCase"]);
});

test("a page of 320 pixels has nothing beside it", async ({ openSimulation }) => {
  const { page, mark } = await openSimulation(snapshotOf(), () => ({ replay }));
  await page.setViewportSize({ width: 320, height: 800 });
  await mark(6).click();
  await eventually(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
