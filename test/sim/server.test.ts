import { createHash } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import type { Offer } from "../../core/sim/effect";
import {
  close,
  connectTo,
  freshNetwork,
  type NetworkState,
  offline,
  receive,
  request,
  type ServerFault,
  sameNetwork,
  serverFaults,
} from "../../core/sim/server";
import { pattern } from "../support/bytes";

const micropython = pattern(10_000, 1);
const repartitioner = pattern(3_000, 2);
const files = { micropython, repartitioner };
const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const online = (faults: readonly ServerFault[]): NetworkState =>
  connectTo(freshNetwork({ files, faults })).state;

/** A whole download of MicroPython in reads of 1000 bytes: the offer, and what came until the end or the break. */
function download(
  state: NetworkState,
  from = 0,
): { state: NetworkState; offer: Offer | undefined; bytes: Uint8Array; isWhole: boolean } {
  const opened = request(state, "micropython", from);
  const parts: number[] = [];
  let current = opened.state;
  for (;;) {
    const { state: next, answer } = receive(current, 1000);
    current = next;
    if (!answer || answer.length === 0)
      return {
        state: close(current),
        offer: opened.answer,
        bytes: Uint8Array.from(parts),
        isWhole: answer !== undefined,
      };
    parts.push(...answer);
  }
}

const whole = { status: 200, total: 10_000, start: 0, sha256: digest(micropython) };
const tried = new Set<string>();
const fault = (kind: ServerFault["kind"], at?: number): ServerFault => {
  tried.add(kind);
  return { kind, at, requests: 1 };
};
const corrupted = micropython.map((byte, at) => (at === 1234 ? byte ^ 0x10 : byte));

describe("a download", () => {
  it.each<{
    what: string;
    faults: readonly ServerFault[];
    from?: number;
    offer: Offer | undefined;
    bytes: Uint8Array;
    isWhole: boolean;
  }>([
    { what: "without faults", faults: [], offer: whole, bytes: micropython, isWhole: true },
    {
      what: "that is resumed",
      faults: [],
      from: 4321,
      offer: { ...whole, status: 206, start: 4321 },
      bytes: micropython.slice(4321),
      isWhole: true,
    },
    {
      what: "resumed behind its end",
      faults: [],
      from: 10_000,
      offer: { status: 416, total: undefined, start: 0, sha256: undefined },
      bytes: new Uint8Array(0),
      isWhole: false,
    },
    {
      what: "that is dropped",
      faults: [fault("drop", 2500)],
      offer: whole,
      bytes: micropython.slice(0, 2500),
      isWhole: false,
    },
    {
      what: "dropped before it resumes",
      faults: [fault("drop", 2500)],
      from: 3000,
      offer: { ...whole, status: 206, start: 3000 },
      bytes: new Uint8Array(0),
      isWhole: false,
    },
    {
      what: "dropped in the middle",
      faults: [fault("drop")],
      offer: whole,
      bytes: micropython.slice(0, 5000),
      isWhole: false,
    },
    {
      what: "that stalls",
      faults: [fault("stall", 10)],
      offer: whole,
      bytes: micropython.slice(0, 10),
      isWhole: false,
    },
    {
      what: "that is cut short",
      faults: [fault("truncate", 2500)],
      offer: { ...whole, total: 2500 },
      bytes: micropython.slice(0, 2500),
      isWhole: true,
    },
    {
      what: "of what is not there",
      faults: [fault("not-found")],
      offer: { status: 404, total: undefined, start: 0, sha256: undefined },
      bytes: new Uint8Array(0),
      isWhole: false,
    },
    {
      what: "of something else",
      faults: [fault("wrong-image")],
      offer: { ...whole, total: 3000, sha256: digest(repartitioner) },
      bytes: repartitioner,
      isWhole: true,
    },
    {
      what: "with a wrong byte",
      faults: [fault("corrupt", 1234)],
      offer: whole,
      bytes: corrupted,
      isWhole: true,
    },
    {
      what: "with a wrong byte, resumed behind it",
      faults: [fault("corrupt", 1234)],
      from: 2000,
      offer: { ...whole, status: 206, start: 2000 },
      bytes: micropython.slice(2000),
      isWhole: true,
    },
    {
      what: "from nobody",
      faults: [fault("gone")],
      offer: undefined,
      bytes: new Uint8Array(0),
      isWhole: false,
    },
    {
      what: "that cannot be resumed",
      faults: [fault("no-range")],
      from: 4321,
      offer: whole,
      bytes: micropython,
      isWhole: true,
    },
    {
      what: "of unknown length",
      faults: [fault("no-length")],
      offer: { ...whole, total: undefined },
      bytes: micropython,
      isWhole: true,
    },
  ])("$what", ({ faults, from, offer, bytes, isWhole }) => {
    const { state, ...result } = download(online(faults), from);
    expect(result).toEqual({ offer, bytes, isWhole });
    const next = download(state);
    expect([next.offer, next.bytes]).toEqual([whole, micropython]);
  });
});

test("every fault is tried here", () =>
  expect(Object.keys(serverFaults).filter((kind) => !tried.has(kind))).toEqual([]));

describe("how long a fault lasts", () => {
  const statuses = (faults: readonly ServerFault[], count: number): (number | undefined)[] => {
    let state = online(faults);
    return Array.from({ length: count }, () => {
      const opened = request(state, "micropython", 0);
      state = opened.state;
      return opened.answer?.status;
    });
  };
  it.each<[string, readonly ServerFault[], (number | undefined)[]]>([
    ["two requests", [{ kind: "not-found", requests: 2 }], [404, 404, 200]],
    ["always", [{ kind: "gone", requests: "always" }], [undefined, undefined, undefined]],
    [
      "one after the other",
      [
        { kind: "gone", requests: 1 },
        { kind: "not-found", requests: 1 },
      ],
      [undefined, 404, 200],
    ],
    [
      "never for another image",
      [{ kind: "gone", image: "repartitioner", requests: "always" }],
      [200, 200, 200],
    ],
  ])("%s", (_, faults, expected) => expect(statuses(faults, 3)).toEqual(expected));
});

describe("Wi-Fi", () => {
  const tries = (refuses: number | "always"): boolean[] => {
    let state = freshNetwork({ files, wifi: { refuses } });
    return Array.from({ length: 4 }, () => {
      const { state: next, answer } = connectTo(state);
      state = next;
      return answer;
    });
  };
  it.each<[number | "always", boolean[]]>([
    [0, [true, true, true, true]],
    [2, [false, false, true, true]],
    ["always", [false, false, false, false]],
  ])("that refuses %s", (refuses, expected) => expect(tries(refuses)).toEqual(expected));

  it("is needed for a download, and gone after a reset", () => {
    const state = online([]);
    expect(request(freshNetwork({ files }), "micropython", 0).answer).toBeUndefined();
    const open = request(state, "micropython", 0).state;
    expect(receive(offline(open), 10).answer).toBeUndefined();
    expect(request(offline(open), "micropython", 0).answer).toBeUndefined();
    const gone = offline(open);
    expect(offline(gone)).toBe(gone);
  });

  it("that went on as before will go on as before", () => {
    const state = online([{ kind: "gone", requests: 1 }]);
    expect(sameNetwork(state, offline(state))).toBe(true);
    expect(sameNetwork(state, request(state, "micropython", 0).state)).toBe(false);
    const always = online([{ kind: "gone", requests: "always" }]);
    expect(sameNetwork(always, request(always, "micropython", 0).state)).toBe(true);
  });
});
