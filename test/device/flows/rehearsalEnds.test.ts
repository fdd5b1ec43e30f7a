import { describe, expect, test } from "vitest";
import { noCuts } from "../../../core/rehearsal/cuts";
import { rehearse } from "../../../device/flows/rehearsal";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { Fault } from "../../../device/virtualBoard/faults";
import { rehearsalDesk } from "../support/rehearsalDesk";
import { rehearsalOf } from "../support/rehearsed";
import { cutAt, cutsOf, failureOf } from "../support/rehearsing";

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
