import { describe, expect, it } from "vitest";
import { inputOf, publishedTarget } from "../../core/migrate/plan/plans";
import { entriesOf, stockTables } from "../../core/migrate/stockTables";
import { checkCase, documented, swept } from "../support/sweeps";

describe("the published procedure: the simulator finds its known holes", () => {
  const report = swept({ input: documented, procedure: "published", schedule: "exhaustive" });
  const idsOf = (slot: string, step: string) =>
    report.badCases.filter((one) => one.id.includes(`:${slot}:`) && one.step === step && !one.isDeclared);

  it("bricks nothing but where every procedure does", () => {
    const bricked = report.starts.map(
      ({ hazard }) => hazard.bricked === hazard.declared && hazard.bricked > 0,
    );
    expect(bricked).toEqual([true, true]);
  });

  it("says plainly that it has losses that nobody declares, of each kind one", () => {
    const { isAsDeclared, sentences } = report.conclusion;
    expect(isAsDeclared).toBe(false);
    expect(sentences.join("\n")).toMatch(
      /The published procedure has losses that no plan declares: \d+ cases end stuck.*ota_0:.*ota_0:.*ota_1:.*ota_1:/,
    );
  });

  it.each(["ota_0", "ota_1"])(
    "stuck with a dirty filesystem between table and erase (F9), from %s",
    (slot) => {
      const [behindTable] = idsOf(slot, "write-table").filter(({ id }) => id.endsWith("@after"));
      const [beforeErase] = idsOf(slot, "erase-filesystem");
      for (const one of [behindTable, beforeErase]) {
        expect(one?.verdict).toBe("stuck");
        const { lives, flash, narrative } = checkCase(one?.id ?? "", "stuck", "corrupted", {
          input: documented,
        });
        expect(lives.at(-1)).toMatchObject({ app: "micropython", end: "waiting" });
        expect(narrative.join(" ")).toContain("Over the network nobody reaches it");
        expect(flash.find(({ name }) => name === "vfs")?.holds).toBe("what the firmware kept there");
      }
    },
  );

  it("is stuck as well where the table stops between two rows: it knows only the size of ota_1", () => {
    expect(idsOf("ota_1", "write-table").filter(({ id }) => /@(byte|torn)-/.test(id)).length).toBeGreaterThan(
      10,
    );
  });

  it("loses what was in nvs", () => {
    expect(report.starts.map(({ clean }) => clean.lost)).toEqual([["nvs"], ["nvs"]]);
    expect(report.conclusion.sentences.join("\n")).toContain("loses what it kept in 'nvs'");
  });

  it("writes more than its array holds into the sector of the table", () => {
    const [start] = report.starts;
    const write = start?.operations.find(({ step, op }) => step === "write-table" && op === "write");
    expect(write?.size).toBe(0x1000);
  });

  it("leaves more devices stuck than ours", () => {
    const ours = swept({ input: documented, schedule: "exhaustive" });
    expect(report.losses.stuck.most).toBeGreaterThan(100 * ours.losses.stuck.most);
    expect(report.losses.bricked).toEqual(ours.losses.bricked);
  });
});

describe("the published procedure on a bad day", () => {
  const given = { input: documented };

  it("is parked for ever by one failed download", () => {
    checkCase("published:ota_0:clean:not-found.micropython.x1", "stuck", "has given up", given);
    checkCase("published:ota_0:clean:drop@65536.micropython.x1", "stuck", "only a reset", given);
  });
  it("waits for Wi-Fi as long as it takes", () => {
    checkCase("published:ota_0:clean:offline.x3", "completes", "prompt", given);
  });
  it("downloads itself for ever where ota_1 has another size than Arduino's", () => {
    const input = {
      ...inputOf({ repartitioner: 20_000, micropython: 30_000 }),
      source: { entries: entriesOf(stockTables["Arduino min_spiffs"].table), tableOffset: 0x8000 },
      target: entriesOf(
        publishedTarget
          .replace("0x150000, 0x180000", "0x1f0000, 0x1d0000")
          .replace("0x140000", "0x1e0000")
          .replace("0x2d0000, 0x130000", "0x3c0000, 0x40000"),
      ),
    };
    checkCase("published:ota_0:clean", "stuck-reachable", "without getting further", { input });
    checkCase("safe:ota_0:clean", "completes", "prompt", { input });
  });
});
