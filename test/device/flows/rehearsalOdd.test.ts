import { describe, expect, test } from "vitest";
import { noCuts } from "../../../core/rehearsal/cuts";
import { realClock } from "../../../device/flasher/clock";
import { rehearse } from "../../../device/flows/rehearsal";
import { simulatedFirmware } from "../../../device/rehearsal/simulated";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { virtualTime } from "../../../device/virtualBoard/firmware/virtualTime";
import { turn } from "../support/protocolClient";
import { rehearsalDesk, serve } from "../support/rehearsalDesk";
import { rehearsalOf } from "../support/rehearsed";
import { cutAt, cutsOf, rehearsed } from "../support/rehearsing";

const OTHER = "24:0a:c4:00:00:02";

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

describe("a board on a cable", () => {
  /** The same board, but nobody knows that it is a virtual one: its firmware has the addresses built in. */
  async function onCable(onEvents?: (tellOther: (mac: string) => void) => void) {
    const rehearsal = await rehearsalOf({}, { isVirtual: false });
    const board = virtualBoard();
    const time = virtualTime();
    // Somebody has put a bootloader there.
    const bootloader = (await rehearsalOf()).bootloader;
    board.flash.set(bootloader?.bytes ?? [], 0x1000);
    const desk = rehearsalDesk({
      board,
      virtual: undefined,
      clock: { ...realClock, pause: turn },
      async startServer(images, onEvent) {
        const server = await serve(images, 0, onEvent);
        board.simulate(simulatedFirmware(rehearsal, server, time, 0));
        onEvents?.((mac) =>
          onEvent({ kind: "refused", at: 0, device: { mac, address: "::1" }, status: 404, why: "" }),
        );
        return server;
      },
    });
    return { desk, rehearsal };
  }

  test("is rehearsed by the same code, without any stand-in", async () => {
    const { desk, rehearsal } = await onCable();
    const cuts = cutsOf(cutAt("erase-filesystem"), cutAt("download-micropython"));
    const { runs, board } = await rehearse(rehearsal, { start: "app0", cuts, runs: 1 }, desk);
    expect(runs.map(({ result }) => result)).toEqual([{ isPassed: true, reasons: [] }]);
    expect(board).toMatchObject({ isVirtual: false, standIns: [] });
    expect(desk.told.map(({ text }) => text)).toContain(
      "The board starts from 'app0'. Waiting for it to fetch the repartitioner: trigger the update of its firmware",
    );
  });

  test("is not taken for another device on the same network, which is named once", async () => {
    let tellOther: (mac: string) => void = () => undefined;
    const { desk, rehearsal } = await onCable((tell) => {
      tellOther = tell;
    });
    const tell = desk.tell;
    const watched = {
      ...desk,
      tell(news: Parameters<typeof tell>[0]) {
        tell(news);
        if (news.kind === "step") tellOther(OTHER);
      },
    };
    const { runs } = await rehearse(rehearsal, { start: "app1", cuts: noCuts, runs: 1 }, watched);
    expect(runs[0]?.result.isPassed).toBe(true);
    expect(desk.told.filter(({ text }) => text.includes(OTHER))).toHaveLength(1);
  });
});
