import { describe, expect, it } from "vitest";
import { parseCase } from "../../core/sim/cases/parseCase";
import { replayCase } from "../../core/sim/replay/replay";
import { checkCase, scenariosOf, small, swept } from "./support/sweeps";

describe("a case told start by start", () => {
  const report = swept({ schedule: "exhaustive" });
  const [bricked] = report.badCases.filter(
    ({ verdict, step }) => verdict === "bricked" && step === "write-table",
  );
  if (!bricked) throw new Error("no case is bricked");

  it("ends as the sweep said, for every case of it that is worth a look", () => {
    const cases = report.starts.flatMap(({ operations }) => operations.flatMap(({ cuts }) => cuts));
    const chosen = cases.filter(({ verdict }, index) => verdict !== "resumes" || index % 40 === 0);
    for (const { id, verdict } of chosen) checkCase(id, verdict, "");
    expect(chosen.length).toBeGreaterThan(50);
  });

  it("shows the last lines of the device, what its flash holds, and the way out", () => {
    const { lives, flash, around } = checkCase(bricked.id, "bricked", "write the target table to 0x8000");
    expect(lives.map(({ end }) => end)).toContain("cut");
    expect(lives.at(-1)).toMatchObject({ app: undefined, end: "no-boot" });
    expect(lives.at(-1)?.log.join("\n")).toMatch(/flash_parts|No bootable app/);
    expect(flash.find(({ name }) => name === "partition table")?.holds).toContain("neither table");
    expect(flash.find(({ name }) => name === "app0")?.holds).toBe("the repartitioner");
    const cut = around.filter((operation) => operation.cut !== undefined);
    expect(cut.map(({ place, step }) => [place, step])).toEqual([["partition table", "write-table"]]);
  });

  it("counts operations over all lives, as the ids of two cuts do", () => {
    const { around } = checkCase("safe:ota_0:3@middle+9@before", "resumes", "prompt");
    const cuts = around.filter(({ cut }) => cut !== undefined);
    expect(cuts.map(({ index, cut, life }) => [index, cut, life])).toEqual([
      [3, "middle", 0],
      [9, "before", 1],
    ]);
  });

  it("shows ever longer lives one by one", () => {
    const { lives } = checkCase("safe:ota_1:lives-2", "resumes", "prompt");
    const operations = lives.filter(({ end }) => end === "cut").map((life) => life.operations);
    expect(operations.slice(0, 3)).toEqual([2, 3, 4]);
  });

  it.each([
    ["published:ota_0:clean", "procedure", "the published procedure"],
    ["safe:ota_5:clean", "slot", "start from ota_0 or ota_1"],
    ["safe:ota_0:99999@before", "no-such-cut", "never comes to"],
  ])("refuses %s", (id, reason, words) => {
    const what = parseCase(id);
    if (!what.ok) throw new Error(what.message);
    const replay = replayCase(scenariosOf(small, { procedure: "safe" }), what.value);
    expect(replay).toMatchObject({ ok: false, reason });
    expect(replay.ok ? "" : replay.message).toContain(words);
  });
});
