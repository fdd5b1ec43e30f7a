import { describe, expect, test } from "vitest";
import type { DeliveryEvent } from "../../../core/delivery/events";
import { readStepReport } from "../../../core/delivery/stepReport";
import type { RehearsalEvent } from "../../../core/rehearsal/events";
import { follow } from "../../../core/rehearsal/follow";
import { beginning, type Following, stepOf } from "../../../core/rehearsal/following";
import { routeOf } from "./routes";

const line = (at: number, text: string): RehearsalEvent => ({ kind: "line", at, text });
const report = (at: number, words: string): RehearsalEvent => line(at, `I (${at}) crossflash: ${words}`);
const reported = (at: number, words: string): RehearsalEvent => {
  const read = readStepReport(`crossflash: ${words}`);
  if (!read.ok) throw new Error(read.message);
  return {
    kind: "delivery",
    at,
    event: { kind: "reported", at, device: { address: "::1" }, report: read.value },
  };
};
const delivery = (
  at: number,
  event: Pick<DeliveryEvent, "kind"> & Partial<DeliveryEvent>,
): RehearsalEvent => ({
  kind: "delivery",
  at,
  event: {
    at,
    device: { address: "::1" },
    transfer: 1,
    size: 10,
    position: 0,
    bytes: 1,
    ...event,
  } as DeliveryEvent,
});
const cut = (at: number): RehearsalEvent => ({ kind: "cut", at, cut: "after report 1 of the board" });

const followed = (events: readonly RehearsalEvent[], start = "app1"): Following =>
  events.reduce(follow, beginning(routeOf(start), 0));

const arrival = [
  delivery(10, { kind: "asked", image: "repartitioner" }),
  delivery(20, { kind: "ended", image: "repartitioner", position: 10 }),
  line(30, "rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)"),
  report(40, "step=check-device result=ok table=source running=runner"),
];
const tableSteps = [
  report(50, "step=erase-filesystem result=started"),
  report(90, "step=erase-filesystem result=ok"),
  report(91, "step=verify-table result=ok"),
  report(92, "step=write-table result=started"),
  report(95, "step=write-table result=ok"),
  report(96, "step=reset result=ok"),
];
const installation = [
  report(200, "step=check-device result=ok table=target running=runner"),
  report(201, "step=check-target result=ok"),
  delivery(205, { kind: "asked", image: "micropython" }),
  report(210, "step=download-micropython result=started from=0"),
  report(300, "step=download-micropython result=ok"),
  report(310, "step=select-micropython result=ok"),
];
const prompt: readonly RehearsalEvent[] = [
  line(400, "MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32"),
  { kind: "prompt", at: 401 },
];
const whole = [...arrival, ...tableSteps, ...installation, ...prompt];

/** What is held against the board after these events. */
function checkStrange(
  events: readonly RehearsalEvent[],
  words: string | undefined,
  start?: string,
): Following {
  const following = followed(events, start);
  const texts = following.unexpected.map(({ text }) => text).join("\n");
  if (words === undefined) expect(texts).toBe("");
  else expect(texts).toContain(words);
  return following;
}

describe("a board that does what is planned", () => {
  test("is followed to MicroPython, with the time of each step", () => {
    const following = checkStrange(whole, undefined);
    expect(following.end).toBe("arrived");
    expect(following.banner).toBe("MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32");
    const times = Object.fromEntries(following.steps.map(({ id, milliseconds }) => [id, milliseconds]));
    expect(times).toMatchObject({
      "deliver-repartitioner": 20,
      "erase-filesystem": 40,
      "verify-table": 1,
      "write-table": 3,
      "download-micropython": 90,
      "first-start": 91,
    });
  });

  test("says the same twice, by its line and by the network, and it counts once", () => {
    const twice = whole.flatMap((event) => {
      const words = event.kind === "line" ? /crossflash: (.*)/.exec(event.text)?.[1] : undefined;
      return words === undefined ? [event] : [event, reported(event.at + 1, words)];
    });
    const following = checkStrange(twice, undefined);
    expect(following.reports).toBe(followed(whole).reports);
    expect(following.steps.every(({ tries }) => tries <= 1)).toBe(true);
  });

  test("is heard by the network alone where its line is silent", () => {
    const remote = whole.map((event) => {
      const words = event.kind === "line" ? /crossflash: (.*)/.exec(event.text)?.[1] : undefined;
      return words === undefined ? event : reported(event.at, words);
    });
    expect(checkStrange(remote, undefined).end).toBe("arrived");
  });

  test("is read through colours and whatever ESP-IDF puts in front", () => {
    const following = followed([
      line(
        5,
        "\u001b[0;32mI (3500) crossflash: step=check-device result=ok table=source running=runner\u001b[0m",
      ),
    ]);
    expect(stepOf(following, "check-device")?.doneAt).toBe(5);
  });

  test("comes no further by failing again and again", () => {
    const before = followed([...arrival, ...tableSteps, ...installation.slice(0, 4)]);
    const failing = [report(500, "step=download-micropython result=failed reason=dropped attempt=1")].reduce(
      follow,
      before,
    );
    expect(failing.progressAt).toBe(before.progressAt);
    expect(failing.unexpected).toEqual([]);
    expect(stepOf(failing, "download-micropython")?.failures).toBe(1);
  });
});

describe("a board that does the same for ever", () => {
  test.each<[what: string, again: readonly string[]]>([
    ["starts", ["step=check-device result=ok table=target running=runner", "step=check-target result=ok"]],
    ["begins its download", ["step=download-micropython result=started from=0"]],
  ])("and %s, comes no further, also after a cut", (_, again) => {
    const before = followed([
      ...arrival,
      ...tableSteps,
      ...installation.slice(0, 4),
      cut(250),
      report(260, "step=check-device result=ok table=target running=runner"),
      report(270, "step=download-micropython result=started from=0"),
    ]);
    const after = again.map((words, index) => report(1000 + index, words)).reduce(follow, before);
    expect(after.progressAt).toBe(before.progressAt);
    expect(before.progressAt).toBe(270);
  });
});

describe("a board whose power was cut", () => {
  test("does the same step again, and what it found is kept", () => {
    const following = checkStrange(
      [
        ...arrival,
        ...tableSteps.slice(0, 1),
        cut(60),
        line(61, "rst:0x1 (POWERON_RESET)"),
        report(70, "step=check-device result=ok table=source running=runner"),
        report(71, "step=erase-filesystem result=started"),
        ...tableSteps.slice(1),
        ...installation,
        ...prompt,
      ],
      undefined,
    );
    expect(following.cuts).toEqual([
      {
        at: 60,
        cut: "after report 1 of the board",
        step: "erase-filesystem",
        found: expect.stringContaining("table source, running runner"),
        resumed: { at: 71, step: "erase-filesystem" },
      },
    ]);
    expect(stepOf(following, "erase-filesystem")?.tries).toBe(2);
  });

  test("in the table step may find the new table, which it could not tell any more", () => {
    const following = checkStrange(
      [...arrival, ...tableSteps.slice(0, 4), cut(93), ...installation, ...prompt],
      undefined,
    );
    expect(stepOf(following, "write-table")?.doneAt).toBe(200);
    expect(stepOf(following, "reset")?.doneAt).toBe(200);
  });

  test("may not do again what it has done since", () => {
    checkStrange(
      [
        ...arrival,
        ...tableSteps.slice(0, 1),
        cut(60),
        report(70, "step=check-device result=ok table=source running=runner"),
        report(71, "step=erase-filesystem result=started"),
        report(99, "step=erase-filesystem result=ok"),
        report(100, "step=erase-filesystem result=started"),
      ],
      "It was done before.",
    );
  });

  test("while it fetched the repartitioner asks for it once more", () => {
    const again = delivery(70, { kind: "asked", image: "repartitioner", transfer: 2 });
    const lateEnd = delivery(61, { kind: "ended", image: "repartitioner", position: 10 });
    checkStrange(
      [...arrival.slice(0, 1), cut(60), lateEnd, line(65, "rst:0x1 (POWERON_RESET)"), again],
      undefined,
    );
  });
});

describe("what is held against a board", () => {
  test.each<[what: string, events: readonly RehearsalEvent[], words: string, start?: string]>([
    [
      "a step of another route",
      [...arrival, report(50, "step=copy-to-runner result=started")],
      "The plan has no such step from this slot.",
    ],
    [
      "a step that it has done already",
      [...arrival, ...tableSteps, report(99, "step=erase-filesystem result=started")],
      "It was done before.",
    ],
    ["a step that fails", [...arrival, report(50, "step=erase-filesystem result=failed")], "failed"],
    [
      "the new table before it was written",
      [report(5, "step=check-device result=ok table=target running=runner")],
      "finds the table 'target'",
    ],
    [
      "the old table after the new one was written",
      [...arrival, ...tableSteps, report(99, "step=check-device result=ok table=source running=runner")],
      "finds the table 'source'",
    ],
    [
      "MicroPython that nobody has chosen",
      [...arrival, ...prompt],
      "MicroPython started before it was chosen.",
    ],
    [
      "a download before the table",
      [...arrival, delivery(50, { kind: "asked", image: "micropython" })],
      "before the new table was in place",
    ],
    [
      "the repartitioner again, without a reason",
      [...arrival, delivery(50, { kind: "asked", image: "repartitioner", transfer: 2 })],
      "once more",
    ],
    [
      "a request that was refused",
      [delivery(5, { kind: "refused", status: 404, why: "There is nothing." } as never)],
      "refused a request with 404",
    ],
    [
      "a panic",
      [...arrival, { kind: "trouble", at: 50, title: "The program crashed" }],
      "The program crashed.",
    ],
  ])("%s", (_, events, words, start) => {
    checkStrange(events, words, start);
  });

  test.each<[what: string, event: RehearsalEvent]>([
    ["it stops", report(50, "step=check-device result=stopped reason=foreign-table")],
    ["it goes back to its firmware", report(50, "step=go-back result=ok offset=0x10000")],
    ["its bootloader takes no table", line(50, "E (31) boot: Failed to verify partition table")],
    ["its filesystem is corrupted", line(50, "The filesystem appears to be corrupted.")],
  ])("and ends the rehearsal: %s", (_, event) => {
    const following = followed([...arrival, event]);
    expect(following.end).toBe("gave-up");
    expect(following.unexpected).toHaveLength(1);
    // Whatever comes then is of no interest.
    expect(follow(following, report(60, "step=erase-filesystem result=started"))).toBe(following);
  });

  test("but not what cannot be read", () => {
    for (const text of ["crossflash: step=coffee result=ok", "crossflash: ", "x".repeat(2000), "MicroPython"])
      expect(followed([line(1, text)])).toEqual(followed([]));
  });
});
