import { describe, expect, it } from "vitest";
import type { SimulationReport } from "../../core/sim/report";
import { makeApp, makeMicroPython } from "../support/imageFixture";
import { run, type World } from "./support/fakeIo";

type Files = NonNullable<World["files"]>;

const table = (second: number, rest: string) => `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x10000
app1, app, ota_1, 0x20000, ${second}
${rest}
`;
const manifest = {
  chip: "esp32",
  flashSize: "1MB",
  bootloader: { idf: "v3.3.5" },
  source: { table: "field/partitions.csv" },
  target: { table: "partitions.csv", micropython: "micropython.bin" },
};
const files: Files = {
  ".git": "",
  "crossflash.json": JSON.stringify(manifest),
  "field/partitions.csv": table(0x10000, "spiffs, data, spiffs, 0x30000, 0x20000"),
  "partitions.csv": table(0x20000, "vfs, data, fat, 0x40000, 0x10000"),
  "micropython.bin": makeMicroPython({ size: 14_000 }),
  "repartitioner.bin": makeApp({ size: 9_008 }),
};

const simulate = (line: string, world: World = {}) =>
  run(["simulate", ...`--repartitioner repartitioner.bin ${line}`.split(" ").filter((word) => word !== "")], {
    files,
    ...world,
  });

async function json(line: string, world?: World) {
  const { code, out, err } = await simulate(`${line} --format json`, world);
  return { code, err, found: JSON.parse(out) };
}

describe("crossflash simulate", () => {
  it("shows every operation as a mark, the hazard window, the verdicts and the losses", async () => {
    const { code, out, err } = await simulate("");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const words of [
      "Simulation of the safe procedure",
      "write-table            [X][X]",
      "first-start            .S",
      "HAZARD WINDOW: Operations",
      "resumes:",
      "1000 devices, each of which loses power 1 times a day",
      "Power cuts come at any time alike",
    ])
      expect(out).toContain(words);
  });

  it("gives programs the same", async () => {
    const { code, found } = await json("--devices 50 --cut-rate 0.5 --running-slot app1");
    const report: SimulationReport = found;
    expect(code).toBe(0);
    expect(report.form).toBe("crossflash-simulation-1");
    expect(report.starts.map(({ start, slot }) => [start, slot])).toEqual([["app1", "ota_1"]]);
    expect(report.losses).toMatchObject({ devices: 50, cutRate: 0.5 });
    expect(report.coverage.isPartial).toBe(false);
  });

  it("gives tickets the same", async () => {
    const { out } = await simulate("--format markdown");
    expect(out).toContain("# Simulation of the safe procedure");
    expect(out).toContain("```text\n");
  });

  it.each(["recovery", "lives", "network", "seed:3"])("tries %s", async (cuts) => {
    const { found } = await json(`--cuts ${cuts}`);
    expect(found.coverage.tried).toBeGreaterThan(10);
  });

  it("draws no marks where no operation was cut", async () => {
    const { out } = await simulate("--cuts network");
    expect(out).not.toContain("Each mark");
    expect(out).toContain("stuck-reachable:");
  });

  it("shows a case start by start", async () => {
    const { found } = await json("");
    const id: string = found.badCases[0].id;
    const { code, out } = await simulate(`--case ${id}`);
    expect(code).toBe(0);
    for (const words of [
      `${id}: bricked`,
      "(POWER FAILS)",
      "ESP-IDF v3.3.5 2nd stage bootloader",
      "By a cable",
    ])
      expect(out).toContain(words);
  });

  it("fails for the published procedure, which has losses that no plan declares", async () => {
    const { code, out } = await simulate("--procedure published");
    expect(code).toBe(1);
    expect(out).toMatch(
      /published procedure has losses\s+that no plan declares|does not come to MicroPython/,
    );
  });

  it("takes the procedure of a case from its id", async () => {
    const { found } = await json("--case published:ota_0:clean");
    expect(found.verdict).toBe("stuck-reachable");
  });

  it("says how far it is where somebody watches, and takes the line away", async () => {
    const { err } = await simulate("", { watched: true });
    expect(err.endsWith("\r\u001b[K")).toBe(true);
  });

  it("shows what it has found so far at Ctrl-C, and says that this is not all", async () => {
    const { code, found } = await json("", { interrupted: AbortSignal.abort() });
    expect(code).toBe(2);
    expect(found.coverage.isPartial).toBe(true);
    expect(found.coverage.tried).toBeLessThan(found.coverage.planned);
    expect(found.conclusion.sentences[0]).toContain("was stopped");
    // Nothing bad was met so early, so there is no case but which there are others.
    expect(found.conclusion.sentences[1]).toMatch(/^No case of those that were tried leaves/);
  });
});

describe("crossflash simulate refuses", () => {
  it.each([
    ["--case nonsense", 2, "is no id of a simulated case"],
    ["--case safe:ota_3:clean", 2, "start from ota_0 or ota_1"],
    ["--case safe:ota_0:99999@after", 2, "never comes to"],
    ["--case safe:ota_0:0@torn-4", 2, "has no such byte"],
    ["--case safe:ota_0:1@byte-9999", 2, "has no such byte"],
    ["--cuts some", 2, "must be exhaustive"],
    ["--devices 0", 2, "must be a number of devices"],
    ["--cut-rate often", 2, "must be a number such as 0.05"],
    ["--running-slot app9", 1, "Nothing was simulated"],
    ["--flash-size 2MB --chip esp32s3 --cuts pairs nowhere.json", 2, "nowhere.json"],
  ])("%s", async (line, code, words) => {
    const done = await simulate(line);
    expect(done.code).toBe(code);
    expect(done.err).toContain(words);
    expect(done.out).toBe("");
  });

  it("all pairs of a migration of usual size", async () => {
    const large = {
      "crossflash.json": JSON.stringify({ ...manifest, flashSize: "4MB" }),
      "field/partitions.csv": table(0x140000, "spiffs, data, spiffs, 0x290000, 0x170000")
        .replace("0x10000, 0x10000", "0x10000, 0x140000")
        .replace("0x20000", "0x150000"),
      "partitions.csv": table(0x180000, "vfs, data, fat, 0x2d0000, 0x130000")
        .replace("0x10000, 0x10000", "0x10000, 0x140000")
        .replace("0x20000", "0x150000"),
      "micropython.bin": makeMicroPython({ size: 1_464_336 }),
      "repartitioner.bin": makeApp({ size: 800_000 }),
    };
    const { code, err } = await simulate("--cuts pairs", { files: { ...files, ...large } });
    expect(code).toBe(2);
    expect(err).toContain("Try 'recovery'");
  });
});
