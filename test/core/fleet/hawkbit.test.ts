import { describe, expect, it } from "vitest";
import { bothFilters, checkedFilter, gatedFilter } from "../../../core/fleet/hawkbit/filter";
import { hawkbitPublication, type PublicationOptions } from "../../../core/fleet/hawkbit/publication";
import { hawkbitRelay } from "../../../core/fleet/hawkbit/relay";
import {
  type HawkbitStep,
  includes,
  type Json,
  referencesIn,
  resolved,
  resolvedPath,
} from "../../../core/fleet/hawkbit/steps";
import { FILTER, inputOf, made, release } from "./releases";

const options: PublicationOptions = {
  filter: FILTER,
  isClosedByGate: false,
  moduleType: "os",
  setType: "os",
};

function publication(more: Partial<PublicationOptions> = {}, count?: number) {
  const found = hawkbitPublication(count === undefined ? release : made(inputOf({}, count)), {
    ...options,
    ...more,
  });
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

type Groups = readonly Readonly<Record<string, unknown>>[];
const rolloutOf = (more?: Partial<PublicationOptions>, count?: number) =>
  publication(more, count).steps.at(-1)?.create.body as { readonly groups: Groups };

describe("a filter", () => {
  it.each([
    "controllerId==*",
    " name==a,name==b ",
    "(a==b) and (c==d)",
    'name=="a)"',
    "name=='\\')'",
    "a=in=(b,c)",
  ])("may be %s", (text) => {
    expect(checkedFilter(text)).toEqual({ ok: true, value: text.trim() });
  });

  it.each([
    ["", /empty/],
    ["a==b) or (c==d", /closes a bracket/],
    ["(a==b", /bracket is not closed/],
    ['a=="b', /quotation mark is not closed/],
    ["a==b\nc==d", /control character/],
    [`name==${"x".repeat(900)}`, /longer/],
  ])("must not be %j, which would move the gate", (text, message) => {
    expect(checkedFilter(text)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });

  it("stays whole beside the gate", () => {
    expect(gatedFilter("a==b,c==d", { name: "crossflash_table", value: "verified" })).toBe(
      "(a==b,c==d) and attribute.crossflash_table==verified",
    );
    expect(bothFilters("a==b,c==d", "e==f")).toBe("(a==b,c==d) and (e==f)");
  });
});

describe("the requests", () => {
  it("come in the order of their references", () => {
    const known = new Set<string>();
    for (const { id, create } of publication().steps) {
      const inPath = [...create.path.matchAll(/\{([\w-]+)\}/g)].map(([, name = ""]) => name);
      for (const reference of [...inPath, ...referencesIn(create.body)]) expect(known).toContain(reference);
      known.add(id);
    }
  });

  it("put the second stage behind the verified table, and the first one in front of nothing", () => {
    const bodies = JSON.stringify(publication().steps.map(({ create }) => create.body ?? null));
    const gate = `(${FILTER}) and attribute.crossflash_table==${release.version}`;
    expect(bodies.split(gate)).toHaveLength(2);
    expect(bodies.match(/crossflash_table/g)).toHaveLength(1);
    expect(rolloutOf()).toMatchObject({ targetFilterQuery: FILTER, distributionSetId: { $id: "set-table" } });
  });

  it("have another gate in each release, so that no table of an earlier one opens it", () => {
    const other = { ...release, fingerprint: "f".repeat(64), version: "f".repeat(12) };
    const published = hawkbitPublication(other, options);
    const queryOf = (steps: readonly HawkbitStep[]) =>
      steps.find(({ id }) => id === "filter-gate")?.create.body as { readonly query: string };
    if (!published.ok) throw new Error(published.message);
    expect(queryOf(published.value.steps).query).toMatch(/==f{12}$/);
    expect(queryOf(publication().steps).query).not.toContain("f".repeat(12));
  });

  it("have the shares of the groups as hawkBit counts them", () => {
    const { groups } = rolloutOf();
    expect(groups.map(({ targetPercentage }) => targetPercentage)).toEqual([5.7, 17.1, 51.3, 25.9]);
    // RolloutManagement: the share of the rest, rounded to whole devices.
    let rest = 1000;
    let share = 100;
    const counted = groups.map(({ targetPercentage }) => {
      const size = Math.round((rest * Number(targetPercentage)) / share);
      rest -= size;
      share -= Number(targetPercentage);
      return size;
    });
    expect(counted).toEqual([57, 171, 513, 259]);
  });

  it("pause after every group where the firmware closes the first stage, else only after the canary", () => {
    const actions = (isClosedByGate: boolean) =>
      rolloutOf({ isClosedByGate }).groups.map(({ successAction }) => successAction);
    expect(new Set(actions(false).map((action) => JSON.stringify(action)))).toEqual(
      new Set(['{"action":"PAUSE"}']),
    );
    expect(actions(true)).toEqual([{ action: "PAUSE" }, ...Array(3).fill({ action: "NEXTGROUP" })]);
  });

  it("stop at the first failure in the canary", () => {
    expect(rolloutOf().groups[0]).toMatchObject({
      successCondition: { condition: "THRESHOLD", expression: "100" },
      errorCondition: { condition: "THRESHOLD", expression: "0" },
      errorAction: { action: "PAUSE" },
    });
  });

  it("have a canary of chosen devices, and the others of the rest", () => {
    const { groups } = rolloutOf({ canary: "tag==canary" }, 20_000);
    expect(groups[0]).toMatchObject({ targetFilterQuery: "tag==canary", targetPercentage: 100 });
    const total = groups.slice(1).reduce((sum, { targetPercentage }) => sum + Number(targetPercentage), 0);
    expect(total).toBeCloseTo(100, 2);
    const [, , , canary] = publication({ canary: "tag==canary" }, 20_000).needs;
    expect(canary).toMatchObject({ query: `(${FILTER}) and (tag==canary)`, least: 59, most: 59 });
  });

  it.each([
    [20_000, /no group below 1 %.*59 of 20000.*--canary/],
    [undefined, /nobody said how many devices.*--devices/],
  ])("are not made for %s devices without a word on them", (count, message) => {
    const other = { ...release, rollout: { ...made(inputOf({}, 20_000)).rollout, devices: count } };
    expect(hawkbitPublication(other, options)).toMatchObject({
      ok: false,
      message: expect.stringMatching(message),
    });
  });
});

describe("what stands for the number of an earlier step", () => {
  const ids = new Map([["a", 7]]);
  const cases: readonly (readonly [Json, Json | undefined])[] = [
    [{ id: { $id: "a" } }, { id: 7 }],
    [
      [{ $id: "a" }, "x", null],
      [7, "x", null],
    ],
    [{ id: { $id: "b" } }, undefined],
    [[{ deep: { $id: "b" } }], undefined],
  ];
  it.each(cases)("%j", (given, wanted) => {
    expect(resolved(given, ids)).toEqual(wanted);
  });

  it("in a path", () => {
    expect(resolvedPath("/x/{a}/y", ids)).toBe("/x/7/y");
    expect(resolvedPath("/x/{b}/y", ids)).toBeUndefined();
  });

  it.each([
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ list: [{ id: 1, x: 2 }] }, { list: [{ id: 1 }] }, true],
    [{ list: [{ id: 1 }, { id: 2 }] }, { list: [{ id: 1 }] }, false],
    [{ list: 1 }, { list: [] }, false],
    [null, { a: 1 }, false],
  ] as const)("is compared with what is there: %j has %j: %s", (found, wanted, is) => {
    expect(includes(found, wanted)).toBe(is);
  });
});

describe("the relay", () => {
  it("closes the first stage with the verified table, never with a download", () => {
    const closing = hawkbitRelay(release.version).rules.filter(
      ({ stage, feedback }) => stage === "table" && feedback.status.result.finished === "success",
    );
    expect(closing.map(({ line }) => line)).toEqual(["step=check-target result=ok"]);
    expect(closing[0]?.configData).toEqual({
      mode: "merge",
      data: { crossflash_step: "check-target-ok", crossflash_table: release.version },
    });
  });
});
