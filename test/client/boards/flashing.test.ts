import { describe, expect, test } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { eraseBoard } from "../../../core/job/erase";
import { flashLayout } from "../../../core/job/flashLayout";
import type { MakeJob } from "../../../device/flows/flashFlow";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { MICROPYTHON, TARGET } from "../../core/job/boards";
import { makeBootloader, makeCombined } from "../../support/imageFixture";
import { fakeLab } from "./fakeLab";

const APP1 = 0x150000;
const bootloader = { name: "bootloader.bin", bytes: makeBootloader() };
const layout: MakeJob = ({ present }) =>
  flashLayout({
    analysis: analyse(TARGET, { ...noFacts, flashSize: 0x400000 }),
    micropython: MICROPYTHON,
    bootloader: present.bootloader === "none" ? bootloader : undefined,
    present: present.table,
  });
const holdsMicroPython = (flash: Uint8Array): boolean =>
  Buffer.from(flash.subarray(APP1, APP1 + MICROPYTHON.bytes.length)).equals(MICROPYTHON.bytes);

describe("flashing from the editor", () => {
  test("shows the whole job first, then verifies, and knows what runs afterwards", async () => {
    const board = virtualBoard();
    const { flashing, asked, told, lab, logged, readings } = fakeLab({ virtual: board });
    await lab.look();
    await flashing.flash(["virtual"], layout);

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ action: "Flash", plans: [{ path: "virtual" }] });
    expect(asked[0]?.detail).toMatch(/app1 at 0x150000/);
    expect(asked[0]?.document).toMatch(/partition table/);
    expect(told.map(({ kind }) => kind)).toEqual(["done"]);
    expect(told[0]?.message).toMatch(/app1 [0-9a-f]{8}.*were sent. The board was reset\.$/);
    expect(holdsMicroPython(board.flash)).toBe(true);
    expect(board.running()).toBe("flash");
    expect(lab.at("virtual")?.found?.state.running?.micropython?.version).toBe("v1.23.0");
    expect(lab.at("virtual")?.task).toBeUndefined();
    expect(flashing.unfinished()).toEqual([]);
    expect(logged.some((line) => /^verified: write app1, .*MD5 [0-9a-f]{32}$/.test(line))).toBe(true);
    expect(readings.some((text) => text.startsWith("Writing app1: "))).toBe(true);
  });

  test("sends nothing to a board that is as it should be", async () => {
    const { flashing, told } = fakeLab({ virtual: virtualBoard() });
    await flashing.flash(["virtual"], layout);
    await flashing.flash(["virtual"], layout);
    expect(told[1]?.message).toMatch(/verified .*Everything was there already, so nothing was sent/);
  });

  test("does not let a verified job hide that the board will not start", async () => {
    const { flashing, told } = fakeLab({ virtual: virtualBoard() });
    await flashing.flash(["virtual"], ({ present }) =>
      flashLayout({
        analysis: analyse(TARGET, { ...noFacts, flashSize: 0x400000 }),
        micropython: MICROPYTHON,
        present: present.table,
      }),
    );
    expect(told[0]).toMatchObject({ kind: "warning" });
    expect(told[0]?.message).toMatch(
      /verified .*There is no bootloader at 0x1000, so the board will not start/,
    );
  });

  test("writes nothing where the user does not agree, and leaves the board running", async () => {
    const board = virtualBoard();
    const { flashing, asked, told } = fakeLab({ virtual: board }, { confirms: false });
    await flashing.flash(["virtual"], layout);
    expect(asked).toHaveLength(1);
    expect(told).toEqual([]);
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
    expect(board.running()).toBe("flash");
  });

  test("has no board to agree to where preflight stops the job", async () => {
    const board = virtualBoard({ chip: "esp32s3" });
    const { flashing, asked, told } = fakeLab({ virtual: board });
    await flashing.flash(["virtual"], layout);
    expect(asked[0]?.plans).toEqual([]);
    expect(asked[0]?.message).toMatch(/cannot be done/);
    expect(asked[0]?.detail).toMatch(/error: .*ESP32-S3.*this is for ESP32/);
    expect(told).toEqual([]);
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
  });

  test("leaves alone what answers instead of the board that was shown", async () => {
    const board = virtualBoard({ faults: [{ kind: "other-board", atReset: 3, mac: "24:0a:c4:00:00:99" }] });
    const { flashing, told } = fakeLab({ virtual: board });
    await flashing.flash(["virtual"], layout);
    expect(told.map(({ kind }) => kind)).toEqual(["failed"]);
    expect(told[0]?.message).toMatch(/24:0a:c4:00:00:99.*Nothing was written/);
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
  });

  test("says what state the flash is in after a pulled cable, and Resume finishes the job", async () => {
    const board = virtualBoard();
    let pulled = false;
    const { flashing, told } = fakeLab(
      { virtual: board },
      {
        resumes: 1,
        onProgress(text) {
          if (pulled || !text.startsWith("Writing app1")) return;
          pulled = true;
          board.unplug();
          board.plugIn();
        },
      },
    );
    await flashing.flash(["virtual"], layout);
    expect(told.map(({ kind }) => kind)).toEqual(["failed", "done"]);
    expect(holdsMicroPython(board.flash)).toBe(true);
    expect(flashing.unfinished()).toEqual([]);
  });

  test("keeps a cancelled job for later", async () => {
    const board = virtualBoard();
    let cancelled = false;
    const { flashing, told, lab } = fakeLab(
      { virtual: board },
      {
        onProgress(text, stop) {
          if (!cancelled && text.startsWith("Writing app1")) stop.abort();
          cancelled ||= text.startsWith("Writing app1");
        },
      },
    );
    await lab.look();
    await flashing.flash(["virtual"], layout);
    expect(told.map(({ kind }) => kind)).toEqual(["warning"]);
    expect(told[0]?.lines).toContainEqual(expect.stringMatching(/^partial: write app1, /));
    expect(lab.at("virtual")?.found).toBeUndefined();
    expect(lab.at("virtual")?.identity?.mac).toBe("24:0a:c4:00:00:01");
    const [open] = flashing.unfinished();
    expect(open?.prepared.identity.mac).toBe("24:0a:c4:00:00:01");
    if (open) await flashing.resume(open);
    expect(told.map(({ kind }) => kind)).toEqual(["warning", "done"]);
    expect(holdsMicroPython(board.flash)).toBe(true);
  });

  test("does several boards at once, each with its own verdict, and asks once", async () => {
    const boards = {
      "virtual:a": virtualBoard({ mac: "24:0a:c4:00:00:0a" }),
      "virtual:b": virtualBoard({ mac: "24:0a:c4:00:00:0b" }),
      "virtual:s3": virtualBoard({ mac: "24:0a:c4:00:00:0c", chip: "esp32s3" }),
    };
    const { flashing, asked, told, lab, names } = fakeLab(boards);
    names.set("24:0a:c4:00:00:0a", "Desk");
    await lab.look();
    await flashing.flash(Object.keys(boards), layout);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toMatch(
      /on 2 boards \(.*Desk \(ESP32 24:0a:c4:00:00:0a\).*\)\? One other board is left alone\.$/,
    );
    expect(asked[0]?.detail).toMatch(/24:0a:c4:00:00:0c\):\nerror: /);
    expect(told.map(({ kind }) => kind)).toEqual(["done", "done"]);
    expect(holdsMicroPython(boards["virtual:a"].flash)).toBe(true);
    expect(holdsMicroPython(boards["virtual:b"].flash)).toBe(true);
    expect(boards["virtual:s3"].flash.every((byte) => byte === 0xff)).toBe(true);
  });

  test("calls a job that only erases by its name", async () => {
    const board = virtualBoard({ flash: makeCombined({ flashOffset: 0 }) });
    const { flashing, asked, told } = fakeLab({ virtual: board });
    await flashing.flash(["virtual"], ({ present }) => eraseBoard(0x400000, present.table));
    expect(asked[0]).toMatchObject({ action: "Erase" });
    expect(asked[0]?.detail).toMatch(/Lost:\n[^:]*'vfs'/);
    expect(told.map(({ kind }) => kind)).toEqual(["done"]);
    expect(told[0]?.message).toMatch(/whole flash blank\. The board was reset\.$/);
    expect(board.flash.every((byte) => byte === 0xff)).toBe(true);
  });

  test("a job that cannot be made is a sentence, and the board runs again", async () => {
    const board = virtualBoard();
    const { flashing, asked } = fakeLab({ virtual: board });
    const impossible: MakeJob = () => ({
      ok: false,
      reason: "table",
      at: 0,
      message: "The table has errors.",
    });
    await expect(flashing.flash(["virtual"], impossible)).rejects.toThrow(
      "Nothing was written. The table has errors.",
    );
    expect(asked).toEqual([]);
    expect(board.running()).toBe("flash");
  });

  test("one of several that does not answer keeps nothing from the others", async () => {
    const deaf = virtualBoard({
      mac: "24:0a:c4:00:00:0d",
      faults: [{ kind: "drop", direction: "up", at: 0, count: Number.POSITIVE_INFINITY }],
    });
    const board = virtualBoard();
    const { flashing, told, asked } = fakeLab({ deaf, virtual: board });
    await flashing.flash(["deaf", "virtual"], layout);
    expect(told.map(({ kind }) => kind)).toEqual(["failed", "done"]);
    expect(told[0]?.message).toMatch(/^deaf: No board answers/);
    expect(asked[0]?.plans.map(({ path }) => path)).toEqual(["virtual"]);
    expect(holdsMicroPython(board.flash)).toBe(true);
  });
});

describe("comparing from the editor", () => {
  test("tells a board that is as it should be from one that was changed, and writes nothing", async () => {
    const board = virtualBoard();
    const { flashing, told } = fakeLab({ virtual: board });
    await flashing.flash(["virtual"], layout);
    const written = board.counters().programmedBytes;
    await flashing.compare(["virtual"], "partitions.csv", layout);
    expect(told.at(-1)).toMatchObject({ kind: "done" });
    expect(told.at(-1)?.message).toMatch(/holds partitions.csv/);
    board.flash.set([~(board.flash[APP1 + 0x100] ?? 0) & 0xff], APP1 + 0x100);
    await flashing.compare(["virtual"], "partitions.csv", layout);
    expect(told.at(-1)).toMatchObject({ kind: "warning" });
    expect(told.at(-1)?.message).toMatch(
      /differs from partitions.csv in 1 of \d regions: 'app1' at 0x150000/,
    );
    expect(board.counters().programmedBytes).toBe(written);
  });
});
