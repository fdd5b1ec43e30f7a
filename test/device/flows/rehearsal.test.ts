import { describe, expect, test } from "vitest";
import type { StepId } from "../../../core/migrate/plan/plan";
import { type CutChoice, noCuts, type PlannedCut } from "../../../core/rehearsal/cuts";
import type { RehearsalRun } from "../../../core/rehearsal/report";
import { isFault } from "../../../device/flasher/fault";
import { rehearse } from "../../../device/flows/rehearsal";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { Fault } from "../../../device/virtualBoard/faults";
import { type DeskChanges, rehearsalDesk, serve } from "../support/rehearsalDesk";
import { type FileChanges, rehearsalOf } from "../support/rehearsed";

interface Wanted {
  readonly start?: string;
  readonly cuts?: CutChoice;
  readonly runs?: number;
  readonly files?: FileChanges;
  readonly desk?: DeskChanges;
}

async function rehearsed({ start = "app1", cuts = noCuts, runs = 1, files, desk: changes }: Wanted = {}) {
  const desk = rehearsalDesk(changes);
  const rehearsal = await rehearsalOf(files);
  const done = await rehearse(rehearsal, { start, cuts, runs }, desk);
  const [run] = done.runs;
  if (!run) throw new Error("there was no run");
  return { ...done, run, desk, rehearsal };
}

const cutsOf = (...cuts: readonly PlannedCut[]): CutChoice => ({ kind: "cuts", cuts });
const cutAt = (step: StepId, delay = 0): PlannedCut => ({ kind: "step", step, delay });

function checkPassed({ result, checks, steps }: RehearsalRun): void {
  expect(result).toEqual({ isPassed: true, reasons: [] });
  expect(checks.map(({ id, isPassed }) => [id, isPassed])).toEqual([
    ["table", true],
    ["slot", true],
    ["otadata", true],
    ["filesystem", true],
    ["banner", true],
  ]);
  expect(steps.at(-1)?.doneAt).toBeGreaterThan(0);
}

async function failureOf(
  work: Promise<unknown>,
): Promise<{ readonly kind: string; readonly message: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isFault(error)) return { kind: error.kind, message: error.message };
  throw new Error(`no fault: ${error}`);
}

describe("a rehearsal on a virtual board", () => {
  test.each(["app0", "app1"])("goes from %s to MicroPython, step by step", async (start) => {
    const { run, desk, board } = await rehearsed({ start });
    checkPassed(run);
    expect(run.start).toBe(start);
    expect(run.steps.every(({ doneAt, id }) => doneAt !== undefined || id === "confirm-repartitioner")).toBe(
      true,
    );
    expect(run.steps.find(({ id }) => id === "erase-filesystem")?.milliseconds).toBeGreaterThan(100);
    expect(board.standIns[0]).toContain("simulated firmware");
    expect(desk.shown[0]?.job.regions.map(({ name }) => name)).toContain("files");
    expect(desk.servers).toBe(0);
    expect(desk.board.running()).toBe("flash");
  });

  test("is done again and again, and asks once", async () => {
    const { runs, desk } = await rehearsed({ runs: 2 });
    for (const run of runs) checkPassed(run);
    expect(runs).toHaveLength(2);
    expect(desk.shown).toHaveLength(1);
  });

  test("says what it does as it happens", async () => {
    const { desk } = await rehearsed({ cuts: cutsOf(cutAt("download-micropython", 10)) });
    const texts = desk.told.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        "The field state is restored",
        "The board starts from 'app1'. Waiting for it to fetch the repartitioner",
        "Step 7 of 12: The table sector is written",
        "Power was cut: 0.01 s into 'MicroPython is downloaded'.",
        "The board is read back",
      ]),
    );
    const shares = desk.told.map(({ share }) => share);
    expect(Math.min(...shares)).toBe(0);
    expect(Math.max(...shares)).toBeLessThan(1);
  });
});

const everyStep: readonly StepId[] = [
  "deliver-repartitioner",
  "start-repartitioner",
  "check-device",
  "confirm-repartitioner",
  "erase-filesystem",
  "verify-table",
  "write-table",
  "reset",
  "check-target",
  "download-micropython",
  "select-micropython",
  "first-start",
];
const delayed: readonly StepId[] = ["deliver-repartitioner", "erase-filesystem", "download-micropython"];

describe("power is cut, and the board finds its way", () => {
  test.each([
    ...everyStep.map((step) => ["app1", cutAt(step)] as const),
    ...delayed.map((step) => ["app1", cutAt(step, 20)] as const),
    ["app0", cutAt("copy-to-runner")] as const,
    ["app0", cutAt("copy-to-runner", 100)] as const,
    ["app0", cutAt("start-from-runner", 20)] as const,
  ])("from %s at %o", async (start, cut) => {
    const { run } = await rehearsed({ start, cuts: cutsOf(cut) });
    checkPassed(run);
    expect(run.cuts).toHaveLength(1);
    expect(run.cuts[0]?.found).not.toBe(undefined);
    expect(run.cuts[0]?.resumed?.at).toBeGreaterThan(run.cuts[0]?.at ?? 0);
  });

  test("several times in one run, and after so many reports", async () => {
    const cuts = cutsOf(cutAt("erase-filesystem", 50), cutAt("download-micropython", 5), {
      kind: "report",
      count: 2,
    });
    const { run } = await rehearsed({ cuts });
    checkPassed(run);
    expect(run.cuts).toHaveLength(3);
  });

  test.each([1, 2, 3, 4, 5])("as seed %i says", async (seed) => {
    const { run } = await rehearsed({ cuts: { kind: "seed", seed } });
    checkPassed(run);
    expect(run.cuts.length).toBeGreaterThan(0);
  });

  test("but not in the hazard window, as the plan says, and the board's state is told", async () => {
    const { run, desk } = await rehearsed({ cuts: cutsOf(cutAt("write-table", 20)) });
    expect(run.result.isPassed).toBe(false);
    expect(run.result.reasons.join(" ")).toContain("The bootloader finds no partition table that it takes.");
    expect(run.result.reasons.join(" ")).toContain("This is the hazard window of the plan");
    expect(run.checks).toEqual([]);
    expect(desk.servers).toBe(0);
  });
});

describe("what is not as planned is found", () => {
  test("another table than the target table on the board", async () => {
    const board = virtualBoard();
    const { run } = await rehearsed({
      desk: {
        board,
        onNews({ text }) {
          if (text === "The board is read back") board.flash[0x8fff] = 0;
        },
      },
    });
    expect(run.checks.filter(({ isPassed }) => !isPassed)).toEqual([
      expect.objectContaining({ id: "table", found: "The byte at 0x8fff is 0x00 instead of 0xff." }),
    ]);
    expect(run.result.isPassed).toBe(false);
  });

  test("another MicroPython on the server: the repartitioner refuses it, again and again", async () => {
    const other = (await rehearsalOf()).images.map((image) =>
      image.image === "micropython"
        ? { ...image, bytes: image.bytes.toReversed(), sha256: "0".repeat(64) }
        : image,
    );
    const { run, desk } = await rehearsed({
      desk: { startServer: (_, onEvent) => serve(other, 0, onEvent), limits: { quiet: 120_000 } },
    });
    const reasons = run.result.reasons.join("\n");
    expect(reasons).toMatch(
      /^Nothing happened for 120 s\. The board had come to 'MicroPython is downloaded into 'app1''/,
    );
    expect(reasons).toContain("the SHA-256 is not the one that was expected");
    expect(desk.board.running()).toBe("flash");
  });

  test("a sector that keeps its old table", async () => {
    const board = virtualBoard({ faults: [{ kind: "stuck", offset: 0x2d0000, size: 0x1000 }] });
    board.flash.fill(0, 0x2d0000, 0x2d1000);
    const { run } = await rehearsed({ desk: { board, limits: { quiet: 60_000 } } });
    expect(run.result.isPassed).toBe(false);
    expect(run.result.reasons.join("\n")).toContain("The place of the filesystem is erased: failed");
  });

  test("a step that the plan does not have from this slot", async () => {
    const { run } = await rehearsed({
      desk: {
        startServer: (images, onEvent) =>
          serve(images, 0, (event) => {
            onEvent(event);
            if (event.kind === "asked" && event.image === "micropython")
              onEvent({
                ...event,
                kind: "reported",
                report: { step: "go-back", result: "ok", fields: { offset: "0x10000" } },
              });
          }),
      },
    });
    expect(run.result.reasons.join("\n")).toContain("That is not part of the plan.");
  });
});

describe("a server that goes away", () => {
  test("and comes back: the board goes on where it was", async () => {
    let again: { close(): Promise<void> } | undefined;
    const { run } = await rehearsed({
      start: "app0",
      desk: {
        limits: { quiet: 1e9, whole: 1e9 },
        async startServer(images, onEvent) {
          const first = await serve(images, 0, (event) => {
            onEvent(event);
            if (event.kind === "reported" && event.report.step === "erase-filesystem")
              void first.close().then(async () => {
                again ??= await serve(images, first.port, onEvent);
              });
          });
          return { ...first, close: async () => again?.close() };
        },
      },
    });
    expect(run.checks.every(({ isPassed }) => isPassed)).toBe(true);
    expect(run.result.reasons).toEqual([]);
  });

  test("for good: the rehearsal ends, and says in what state the board is", async () => {
    const { run } = await rehearsed({
      desk: {
        limits: { quiet: 60_000 },
        async startServer(images, onEvent) {
          const first = await serve(images, 0, (event) => {
            onEvent(event);
            if (event.kind === "reported" && event.report.step === "check-target") void first.close();
          });
          return first;
        },
      },
    });
    expect(run.result.reasons[0]).toMatch(
      /^Nothing happened for 60 s\. The board had come to 'MicroPython is downloaded into 'app1'', which it has not begun\..* It goes on by itself as soon as the server is there again/,
    );
  });
});

const OTHER = "24:0a:c4:00:00:02";

describe("a rehearsal ends early", () => {
  test("without a yes: nothing is written", async () => {
    const board = virtualBoard();
    const desk = rehearsalDesk({ board, confirm: async () => false });
    const { kind, message } = await failureOf(rehearse(await rehearsalOf(), { cuts: noCuts, runs: 1 }, desk));
    expect(kind).toBe("cancelled");
    expect(message).toContain("Nothing was written");
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
    expect(board.running()).toBe("flash");
  });

  test("by Cancel in the middle: the server is stopped, and the board's state is named", async () => {
    const desk = rehearsalDesk({
      onNews({ text }, { cancel }) {
        if (text.includes("The place of 'vfs' is erased")) cancel();
      },
    });
    const { kind, message } = await failureOf(
      rehearse(await rehearsalOf(), { start: "app1", cuts: noCuts, runs: 1 }, desk),
    );
    expect(kind).toBe("cancelled");
    expect(message).toMatch(
      /^The rehearsal was stopped\. The board had come to 'The place of 'vfs' is erased'/,
    );
    expect(desk.servers).toBe(0);
  });

  test("by a cable that is pulled", async () => {
    const desk = rehearsalDesk({
      onNews({ text }, { board }) {
        if (text.includes("MicroPython is downloaded into")) board.unplug();
      },
    });
    const { kind, message } = await failureOf(
      rehearse(await rehearsalOf(), { start: "app1", cuts: noCuts, runs: 1 }, desk),
    );
    expect(kind).toBe("lost");
    expect(message).toContain("The board had come to 'MicroPython is downloaded into 'app1''");
    expect(desk.servers).toBe(0);
  });

  test("because another board answers when it is read back", async () => {
    const faults: Fault[] = [];
    const desk = rehearsalDesk({
      board: virtualBoard({ faults }),
      onNews({ text }) {
        if (text === "The board is read back") faults.push({ kind: "other-board", atReset: 0, mac: OTHER });
      },
    });
    const { kind, message } = await failureOf(
      rehearse(await rehearsalOf(), { start: "app1", cuts: noCuts, runs: 1 }, desk),
    );
    expect(kind).toBe("other-board");
    expect(message).toContain("24:0a:c4:00:00:01 was rehearsed");
  });

  test("because nobody can listen at the address: nothing is written", async () => {
    const board = virtualBoard();
    const startServer = async () => {
      throw new Error("Port 9000 is in use.");
    };
    const wishes = { cuts: noCuts, runs: 1 };
    await expect(
      rehearse(await rehearsalOf(), wishes, rehearsalDesk({ board, startServer })),
    ).rejects.toThrow("in use");
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
  });

  test.each<[what: string, wishes: Parameters<typeof rehearse>[1], message: string]>([
    ["a slot that the plan does not have", { start: "app7", cuts: noCuts, runs: 1 }, "from 'app7'"],
    [
      "a cut in a step that this slot does not do",
      { start: "app1", cuts: cutsOf(cutAt("copy-to-runner")), runs: 1 },
      "never does 'copy-to-runner'",
    ],
  ])("because of %s: nothing is touched", async (_, wishes, words) => {
    const desk = rehearsalDesk();
    const { kind, message } = await failureOf(rehearse(await rehearsalOf(), wishes, desk));
    expect({ kind, isFirst: message.startsWith("Nothing was written.") }).toEqual({
      kind: "refused",
      isFirst: true,
    });
    expect(message).toContain(words);
    expect(desk.board.counters().resets).toBe(0);
  });
});
