import { describe, expect, it } from "vitest";
import { pastOf } from "../../../core/sim/driver/past";
import type { Answer } from "../../../core/sim/effect";
import { withFaults } from "../../../core/sim/scenario/faults";
import type { Scenario } from "../../../core/sim/scenario/scenario";
import { exhaustive } from "../../../core/sim/schedule/exhaustive";
import { cutState } from "../../../core/sim/sweep/cutState";
import { type Outcome, recoveryOf } from "../../../core/sim/sweep/recovery";
import { subjectOf } from "../../../core/sim/sweep/subject";
import { scenariosOf, small } from "../support/sweeps";

const scenariosFor = (procedure: "safe" | "published") => scenariosOf(small, { procedure });
const wornOff = scenariosFor("safe").map((scenario) =>
  withFaults(scenario, [{ kind: "drop", at: 0x1000, image: "micropython", times: 3 }]),
);

/** Whoever has seen all other cuts says of each what somebody says who has seen none. */
function checkForgetful(scenario: Scenario): void {
  const subject = subjectOf(scenario);
  const states = [...exhaustive([subject]).tried()]
    .flatMap((cases) => cases.filter((_, index) => index % 3 === 0))
    .map(({ what: { cuts } }) => {
      const [cut] = "firstLife" in cuts ? [] : cuts;
      if (!cut) throw new Error("every case has a cut");
      return cutState(subject.clean, cut.operation, cut.at, cut.seed);
    });
  expect(states.length).toBeGreaterThan(50);
  for (const state of states)
    expect(comparable(subject.recovery(state))).toEqual(comparable(recoveryOf(scenario)(state)));
}

/** How often a device starts that comes to no end is a matter of when one stops to look. */
const comparable = ({ ending, lives }: Outcome) => ({ ending, lives: ending.end === "limit" ? 0 : lives });

describe("what is remembered of the middle of a life", () => {
  it.each([
    ...scenariosFor("safe").map((one) => [`safe, from ${one.slot}`, one] as const),
    ...scenariosFor("published").map((one) => [`published, from ${one.slot}`, one] as const),
    ...wornOff.map((one) => [`a connection that breaks, from ${one.slot}`, one] as const),
  ])("changes no ending: %s", (_, scenario) => checkForgetful(scenario));
});

describe("what a program has been told", () => {
  const digest = (...answers: readonly Answer[]): string => {
    const past = pastOf("firmware 65536");
    for (const answer of answers) past.tell(answer);
    return past.digest();
  };
  const offer = { status: 200, total: 10, start: 0, sha256: undefined };
  const pasts: readonly (readonly Answer[])[] = [
    [],
    [undefined],
    [true],
    [false],
    [false, true],
    [true, false],
    [2],
    ["2"],
    [""],
    [Uint8Array.of()],
    [Uint8Array.of(1, 2)],
    [Uint8Array.of(2, 1)],
    [Uint8Array.of(1), Uint8Array.of(2)],
    [offer],
    [{ ...offer, status: 206 }],
    [{ ...offer, total: undefined }],
  ];

  it("is told from everything else", () => {
    expect(new Set(pasts.map((answers) => digest(...answers))).size).toBe(pasts.length);
    expect(pastOf("micropython 65536").digest()).not.toBe(digest());
  });
  it("is the same for the same answers", () => {
    expect(digest(true, Uint8Array.of(1, 2), offer)).toBe(digest(true, Uint8Array.of(1, 2), { ...offer }));
  });
});
