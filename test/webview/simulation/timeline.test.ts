import { describe, expect, it } from "vitest";
import type { Position } from "../../../core/sim/cases/position";
import type { CaseVerdict } from "../../../core/sim/report";
import { bandsOf } from "../../../webview/simulation/bands";
import { cutRuns, runCount, runName } from "../../../webview/simulation/cutRuns";
import { type MarkPlace, moved } from "../../../webview/simulation/move";
import { worstCut } from "../../../webview/simulation/selectors";
import { timelineOf } from "../../../webview/simulation/timeline";
import {
  devicesText,
  markLabel,
  positionName,
  rateText,
  secondsText,
} from "../../../webview/simulation/words";
import { operationsOf, reportOf, route, told } from "../support/simulation";

const [start] = reportOf().starts;
if (!start) throw new Error("The report has a start.");

describe("the rows of the timeline", () => {
  const bands = bandsOf(start, route);

  it("are the steps in the order of time, with their worst verdicts", () => {
    expect(bands.map(({ title, operations, worst }) => [title, operations.length, worst])).toEqual([
      ["Deliver the repartitioner", 2, "falls-back"],
      ["Copy it to the slot that runs", 3, "resumes"],
      ["The partition table is written", 2, "bricked"],
      ["Download MicroPython", 1, "resumes"],
      ["MicroPython at work", 1, "completes"],
    ]);
  });

  it("mark the hazard window and the point of no return", () => {
    expect(bands.map(({ isHazard }) => isHazard)).toEqual([false, false, true, false, false]);
    expect(bands.map(({ isPointOfNoReturn }) => isPointOfNoReturn)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(bandsOf(start, undefined).some(({ isPointOfNoReturn }) => isPointOfNoReturn)).toBe(false);
  });

  it("are one more where a step comes back, and where another app works", () => {
    const operations = operationsOf("ota_0", [
      { step: "settle-otadata" },
      { step: "erase-filesystem" },
      { step: "settle-otadata" },
      { step: undefined, app: "micropython" },
      { step: undefined, app: "micropython" },
      { step: undefined, app: "firmware" },
    ]);
    expect(bandsOf({ ...start, operations }, route).map((band) => band.operations.length)).toEqual([
      1, 1, 1, 2, 1,
    ]);
  });

  it("lie true to time, without gaps", () => {
    const { total, stretches, placeOf } = timelineOf(bands, 600);
    expect(total).toBeCloseTo(0.21);
    let x = 0;
    for (const stretch of stretches) {
      expect(stretch.x).toBeCloseTo(x);
      x += stretch.width;
    }
    expect(x).toBeCloseTo(600);
    expect(placeOf(5)?.width).toBeCloseTo((0.05 / 0.21) * 600);
    expect(placeOf(99)).toBeUndefined();
  });

  it("have no width where nothing takes time", () => {
    expect(timelineOf([], 600)).toMatchObject({ total: 0, stretches: [] });
  });
});

describe("a key among the marks", () => {
  /** Two rows: one of five marks in lines of three, one of two. */
  const places: readonly MarkPlace[] = [0, 1, 2, 3, 4, 5, 6].map((at) =>
    at < 5
      ? { index: at * 10, band: 0, x: (at % 3) * 16, y: Math.floor(at / 3) * 16 }
      : { index: at * 10, band: 1, x: (at - 5) * 20, y: 60 },
  );
  const press = (key: string, ctrlKey = false) => ({
    key,
    ctrlKey,
    shiftKey: false,
    altKey: false,
    metaKey: false,
  });
  const cases: readonly (readonly [from: number, key: string, to: number | undefined])[] = [
    [0, "ArrowRight", 10],
    [0, "ArrowLeft", undefined],
    [60, "ArrowRight", undefined],
    [40, "ArrowRight", 50],
    [10, "ArrowDown", 40],
    [20, "ArrowDown", 40],
    [40, "ArrowDown", 60],
    [50, "ArrowUp", 30],
    [0, "ArrowUp", undefined],
    [30, "Home", 0],
    [30, "End", 60],
    [30, "PageDown", 50],
    [60, "PageDown", undefined],
    [60, "PageUp", 0],
    [30, "PageUp", undefined],
    [7, "ArrowRight", 0],
    [0, "Tab", undefined],
    [0, "constructor", undefined],
  ];
  for (const [from, key, to] of cases)
    it(`${key} from ${from}: ${to ?? "nothing"}`, () => expect(moved(press(key), places, from)).toBe(to));

  it("means nothing with Ctrl, which is the editor's", () =>
    expect(moved(press("ArrowRight", true), places, 0)).toBeUndefined());
});

describe("the cuts of an operation", () => {
  const cut = (at: Position, verdict: CaseVerdict, seed = 0) => ({
    id: `${at}~${seed}`,
    at,
    verdict,
    isDeclared: false,
  });
  const cuts = [
    cut("before", "resumes"),
    cut("begun", "bricked"),
    cut("begun", "bricked", 1),
    cut("byte-4", "bricked"),
    cut("torn-4", "resumes"),
    cut("almost", "resumes"),
    cut("after", "resumes"),
  ];

  it("are told together where they end alike, but never with those outside of it", () => {
    expect(cutRuns(cuts).map((run) => [runName(run), runCount(run), run.verdict])).toEqual([
      ["Before it", "", "resumes"],
      ["Just begun to behind 4 bytes", "3 cuts", "bricked"],
      ["In the word behind 4 bytes to almost done", "2 cuts", "resumes"],
      ["After it", "", "resumes"],
    ]);
  });

  it("are seen from the middle of the worst", () => {
    const [operation] = operationsOf("ota_0", told);
    expect(operation && worstCut({ ...operation, cuts })?.id).toBe("begun~1");
    expect(operation && worstCut({ ...operation, cuts: [] })).toBeUndefined();
  });
});

describe("words", () => {
  const [first, , , , , erase] = operationsOf("ota_0", told);

  it("say of a mark all that it shows", () => {
    expect(first && markLabel(first)).toBe(
      "Operation 0, erase 4 KB at 0x8000 in app1, step deliver-repartitioner: a cut here falls back to the old firmware",
    );
    expect(erase && markLabel(erase)).toBe(
      "Operation 5, erase 4 KB at 0xd000 in app1, step write-table, hazard window: a cut here bricks the device",
    );
    expect(first && markLabel({ ...first, verdict: undefined, step: undefined })).toBe(
      "Operation 0, erase 4 KB at 0x8000 in app1, The firmware: no cut was tried here",
    );
  });

  it("name times as long as they are", () => {
    expect([0, 0.0447, 0.5, 21.3, 119, 600].map(secondsText)).toEqual([
      "0 s",
      "45 ms",
      "500 ms",
      "21 s",
      "120 s",
      "10 min",
    ]);
  });

  it("name how often power fails", () => {
    expect([0.5, 1, 2].map(rateText)).toEqual([
      "0.5 power cuts a day",
      "1 power cut a day",
      "2 power cuts a day",
    ]);
  });

  it("name parts of devices, too", () => {
    expect([0, 0.000672, 2.44, 14.4, 12345].map(devicesText)).toEqual([
      "0",
      "0.00067",
      "2.4",
      "14",
      "12,345",
    ]);
  });

  it("name where in an operation power fails", () => {
    expect((["before", "middle", "byte-64", "torn-2048"] as const).map(positionName)).toEqual([
      "Before it",
      "Half done",
      "Behind 64 bytes",
      "In the word behind 2 KB",
    ]);
  });
});
