import { describe, expect, test } from "vitest";
import {
  type CutChoice,
  cutsFor,
  cutText,
  formatCuts,
  isDue,
  isStillDue,
  parseCuts,
} from "../../../core/rehearsal/cuts";
import { beginning } from "../../../core/rehearsal/following";
import { begun, done } from "../../../core/rehearsal/progress";
import { routeOf } from "./routes";

const parsed = (text: string): CutChoice => {
  const choice = parseCuts(text);
  if (!choice.ok) throw new Error(choice.message);
  return choice.value;
};

describe("how cuts are written", () => {
  test.each([
    "step=write-table",
    "step=erase-filesystem+500ms",
    "report=7",
    "step=erase-filesystem+500ms,report=12,step=first-start",
    "seed:42",
  ])("%s is read, and written as it was", (text) => {
    expect(formatCuts(parsed(text))).toBe(text);
  });

  test("blanks between them do not count", () => {
    expect(formatCuts(parsed(" step=reset , report=1 "))).toBe("step=reset,report=1");
  });

  test.each([
    ["", "must be like step=write-table"],
    ["later", "not 'later'"],
    ["step=write-table,", "not ''"],
    ["step=", "not 'step='"],
    ["step=write-table+0.5s", "not 'step=write-table+0.5s'"],
    ["step=write-table+999999ms", "must be like"],
    ["report=0", "must be like"],
    ["seed:-1", "must be like"],
    ["step=go-back", "names a step 'go-back', which no plan has"],
    ["step=constructor", "names a step 'constructor', which no plan has"],
  ])("%j is refused", (text, words) => {
    const choice = parseCuts(text);
    expect(choice.ok ? "" : choice.message).toContain(words);
  });

  test("people read them as words", () => {
    const { cuts } = parsed("step=reset,step=erase-filesystem+500ms,report=3") as Extract<
      CutChoice,
      { kind: "cuts" }
    >;
    expect(cuts.map(cutText)).toEqual([
      "at the beginning of 'The device resets'",
      "0.5 s into 'The place of the filesystem is erased'",
      "after report 3 of the board",
    ]);
  });
});

describe("the cuts of a route", () => {
  test("have to be in steps that it has", () => {
    const route = routeOf("app1");
    expect(cutsFor(parsed("step=write-table"), route)).toMatchObject({ ok: true });
    expect(cutsFor(parsed("step=copy-to-runner"), route)).toMatchObject({
      ok: false,
      message: expect.stringContaining("A device that runs from 'app1' never does 'copy-to-runner'."),
    });
  });

  test("that follow from a seed are the same again, and never in the hazard window", () => {
    const route = routeOf("app0");
    const made = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const cuts = cutsFor({ kind: "seed", seed }, route);
      expect(cuts).toEqual(cutsFor({ kind: "seed", seed }, route));
      if (!cuts.ok) throw new Error(cuts.message);
      expect(cuts.value.length).toBeGreaterThan(0);
      for (const cut of cuts.value) {
        if (cut.kind !== "step") throw new Error("a seed cuts in steps");
        made.add(cut.step);
        const step = route.steps.find(({ id }) => id === cut.step);
        expect(cut.delay).toBeLessThanOrEqual(Math.round((step?.seconds.typical ?? 0) * 1000));
      }
    }
    const safe = route.steps.map(({ id }) => id).filter((id) => id !== "write-table" && id !== "first-start");
    expect([...made].toSorted()).toEqual(safe.toSorted());
  });
});

describe("the moment of a cut", () => {
  const start = beginning(routeOf("app1"), 0);
  const erasing = begun(start, "erase-filesystem", 100);
  const cut = { kind: "step", step: "erase-filesystem", delay: 20 } as const;

  test("is the beginning of its step", () => {
    expect(isDue(cut, start)).toBe(false);
    expect(isDue(cut, erasing)).toBe(true);
  });

  test("is over with the step, unless it was to be its beginning", () => {
    const after = done(erasing, "erase-filesystem", 200);
    expect(isStillDue(cut, erasing)).toBe(true);
    expect(isStillDue(cut, after)).toBe(false);
    expect(isStillDue({ ...cut, delay: 0 }, after)).toBe(true);
    expect(isStillDue(cut, { ...erasing, end: "arrived" })).toBe(false);
  });

  test("is not before the board asks for its update", () => {
    const first = { kind: "step", step: "deliver-repartitioner", delay: 0 } as const;
    expect(isDue(first, start)).toBe(false);
    expect(isDue(first, begun(start, "deliver-repartitioner", 5))).toBe(true);
  });

  test("may be a number of reports", () => {
    expect(isDue({ kind: "report", count: 2 }, { ...start, reports: 1 })).toBe(false);
    expect(isDue({ kind: "report", count: 2 }, { ...start, reports: 2 })).toBe(true);
  });
});
