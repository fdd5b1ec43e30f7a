import { describe, expect, it } from "vitest";
import type { CaseReplay } from "../../../core/sim/report";
import type { FromSimulation, SimulationSnapshot } from "../../../protocol/simulation";
import { initialState, reduce } from "../../../webview/simulation/reduce";
import { bandsOfState, shownOf } from "../../../webview/simulation/selectors";
import { keptOf, type PageEvent, type State } from "../../../webview/simulation/state";
import { found, operationsOf, reportOf, snapshotOf, told } from "../support/simulation";

/** What the page is after these events, and what it has asked for. */
function play(events: readonly PageEvent[], start: State = initialState) {
  const sent: FromSimulation[] = [];
  const state = events.reduce((before, event) => {
    const step = reduce(before, event);
    sent.push(...step.messages);
    return step.state;
  }, start);
  return { state, sent };
}

const snapshot = (more: Partial<SimulationSnapshot> = {}): PageEvent => ({
  kind: "snapshot",
  snapshot: snapshotOf(more),
});
const asked = (id: string, run = 1) => ({ name: "showCase", params: { run, id } });
const replay = {
  id: "safe:ota_0:6@middle",
  verdict: "bricked",
  narrative: ["Nothing starts."],
} as unknown as CaseReplay;

describe("a mark that is picked", () => {
  it("shows the worst of its cuts, and of several the one that is half done", () => {
    const { state, sent } = play([snapshot(), { kind: "pick", index: 6 }]);
    expect(state).toMatchObject({ selected: "safe:ota_0:6@middle", current: 6 });
    expect(sent).toEqual([asked("safe:ota_0:6@middle")]);
  });

  it("only gets the keyboard where no cut was tried", () => {
    const operations = operationsOf("ota_0", told).map((operation) => ({ ...operation, cuts: [] }));
    const { state, sent } = play([
      snapshot({ found: { ...found, report: reportOf(operations) } }),
      { kind: "pick", index: 3 },
    ]);
    expect(state).toMatchObject({ selected: null, current: 3 });
    expect(sent).toEqual([]);
  });

  it("of another start slot shows the operations of that one", () => {
    const { state } = play([snapshot(), { kind: "select", id: "safe:ota_1:1@middle" }]);
    expect(state).toMatchObject({ start: "app1", current: 1 });
  });

  it("is asked for once, and answered once", () => {
    const id = "safe:ota_0:6@middle";
    const { state, sent } = play([
      snapshot(),
      { kind: "select", id },
      { kind: "replay", answer: { run: 1, id, replay } },
      { kind: "select", id },
    ]);
    expect(state.answer?.replay).toBe(replay);
    expect(state.announcement).toBe("Bricked: Nothing starts.");
    expect(sent).toEqual([asked(id)]);
  });
});

describe("an answer", () => {
  const id = "safe:ota_0:6@middle";
  const wrong = {
    "of another case": { run: 1, id: "safe:ota_0:0@before" },
    "of another run": { run: 2, id },
  };
  for (const [name, answer] of Object.entries(wrong))
    it(`${name} is not shown`, () => {
      const { state } = play([snapshot(), { kind: "select", id }, { kind: "replay", answer }]);
      expect(state.answer).toBeUndefined();
    });
});

describe("the next run", () => {
  const id = "safe:ota_0:6@middle";

  it("plays the case again that is looked at, once it is over", () => {
    const { state, sent } = play([
      snapshot(),
      { kind: "select", id },
      { kind: "replay", answer: { run: 1, id, replay } },
      snapshot({ run: 2, state: "running" }),
      snapshot({ run: 2, state: "running" }),
      snapshot({ run: 2 }),
    ]);
    expect(state.selected).toBe(id);
    expect(state.answer).toBeUndefined();
    expect(sent).toEqual([asked(id), asked(id, 2)]);
  });

  it("is announced when it is over, and not before", () => {
    const running = play([snapshot({ state: "running" })]);
    expect(running.state.announcement).toBe("");
    expect(play([snapshot()], running.state).state.announcement).toBe(
      "27 cases simulated. All is as the plan declares.",
    );
    expect(play([snapshot({ state: "cancelled" })], running.state).state.announcement).toBe(
      "Cancelled after 27 of 27 cases.",
    );
    const refused = snapshotOf({ state: "refused", refusal: "There is no binary." });
    const { found: _, ...without } = refused;
    expect(play([{ kind: "snapshot", snapshot: without }], running.state).state.announcement).toBe(
      "There is no binary.",
    );
  });
});

describe("only bad cases", () => {
  it("leaves the operations at which a cut ends badly, and the keyboard among them", () => {
    const { state } = play([snapshot(), { kind: "move", index: 2 }, { kind: "filter", onlyBad: true }]);
    expect(shownOf(state).map(({ index }) => index)).toEqual([5, 6]);
    expect(state.current).toBe(5);
    expect(play([{ kind: "filter", onlyBad: false }], state).state.current).toBe(5);
  });
});

describe("the start slot", () => {
  it("is the first one until another is chosen that is there", () => {
    const first = play([snapshot()]).state;
    expect(bandsOfState(first)).toHaveLength(5);
    const other = play([{ kind: "start", start: "app1" }], first).state;
    expect(bandsOfState(other)).toHaveLength(3);
    expect(bandsOfState({ ...other, start: "gone" })).toBe(bandsOfState(first));
  });
});

it("remembers what nobody else knows", () => {
  const { state } = play([
    snapshot(),
    { kind: "select", id: "safe:ota_0:6@middle" },
    { kind: "fleet", fleet: { devices: 50 } },
    { kind: "fleet", fleet: { cutRate: 2 } },
    { kind: "start", start: "app1" },
  ]);
  const kept = keptOf(state);
  expect(kept).toEqual({
    start: "app1",
    selected: "safe:ota_0:6@middle",
    onlyBad: false,
    fleet: { devices: 50, cutRate: 2 },
  });
  const { sent } = play([snapshot({ run: 7 })], { ...initialState, ...kept });
  expect(sent).toEqual([asked("safe:ota_0:6@middle", 7)]);
});
