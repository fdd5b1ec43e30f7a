import { describe, expect, it } from "vitest";
import { consoleText, textHeard } from "../../cli/board/console";
import { tellPiece } from "../../cli/tell";
import { type VirtualBoard, virtualBoard } from "../../device/virtualBoard/board";
import { blank } from "../support/bytes";
import { makeCombined } from "../support/imageFixture";
import { deskWith } from "./support/desk";
import { run, type World } from "./support/fakeIo";

const micropython = () => virtualBoard({ flash: makeCombined({ flashOffset: 0 }) });
const runOn = (board: VirtualBoard, line: string, world: World = {}) =>
  run(["monitor", ...line.split(" ")], { ports: deskWith({ "/dev/ttyUSB0": board }), ...world });

describe("monitor", () => {
  it("prints what the board says until a text has come", async () => {
    const { code, out } = await runOn(micropython(), "--reset --until >>>");
    expect(code).toBe(0);
    expect(out).toMatch(/^ets Jul 29 2019.*\n/);
    expect(out).toContain("MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32\n");
    expect(out.endsWith(">>> ")).toBe(true);
    expect(out).not.toContain("\r");
  });

  it("gives exit code 1 where the text does not come in time", async () => {
    expect(await runOn(micropython(), "--reset --for 5 --until nothing")).toMatchObject({ code: 1 });
    expect(await runOn(micropython(), "--for 5")).toMatchObject({ code: 0 });
  });

  it("explains what is wrong, below the line", async () => {
    const { out } = await runOn(virtualBoard({ flash: blank(0x1000) }), "--reset --for 1");
    expect(out).toMatch(/invalid header: 0xffffffff\n {2}\^ [A-Z].*\. [A-Z].*\.\n/);
    expect(out.match(/^ {2}\^ .*bootloader/gm)).toHaveLength(1);
  });

  it("ends at Ctrl-C, and where the board goes away", async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await runOn(micropython(), "--baud 115200", { interrupted: stop.signal })).toMatchObject({
      code: 0,
    });
    const board = virtualBoard({ faults: [{ kind: "disconnect", direction: "down", at: 100 }] });
    const { code, err } = await runOn(board, "--reset");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^crossflash: .*\.\n$/) });
  });

  it("stamps each line", async () => {
    const { out } = await runOn(micropython(), "--reset --timestamps --until >>>");
    expect(out).toMatch(/^((\[ +\d+\.\d{3}\]| {2}\^) .*\n?)+$/);
  });

  it("takes what is typed to the board, until Ctrl-]", async () => {
    const { code, out, err } = await runOn(micropython(), "--reset", {
      typed: ["x = 1\r", "\u0003", "\u001d"],
    });
    expect(code).toBe(0);
    expect(out.endsWith("\n>>> x = 1\n>>> \n>>> ")).toBe(true);
    expect(err).toBe("What you type goes to the board. Ctrl-] ends.\n");
  });

  it("takes nothing where a script waits for something", async () => {
    const { out, err } = await runOn(micropython(), "--reset --until >>>", { typed: ["x"] });
    expect({ end: out.slice(-5), err }).toEqual({ end: "\n>>> ", err: "" });
  });

  it("ends where nobody reads any more", async () => {
    expect(await runOn(micropython(), "--reset", { readerLeaves: true })).toMatchObject({ code: 0 });
  });

  it("can be had without a board on a port that is none", async () => {
    expect(await run(["monitor", "--for", "x"])).toMatchObject({ code: 2 });
    expect(await run(["monitor"])).toMatchObject({ code: 2, err: expect.stringContaining("No serial port") });
  });
});

describe("what a board prints", () => {
  const shown = (...pieces: readonly string[]): string => pieces.map(consoleText()).join("");
  it.each<[what: string, pieces: readonly string[], expected: string]>([
    ["line ends", ["a\r\nb\r", "\nc"], "a\nb\nc"],
    ["colours", ["\u001b[0;32mI (31) boot\u001b[0m\n"], "I (31) boot\n"],
    ["colours in two pieces", ["\u001b[0;", "31mE\u001b", "[0m!"], "E!"],
    ["movements of the cursor", ["a\u001b[2J\u001b[1;1Hb"], "ab"],
  ])("is shown without %s", (_, pieces, expected) => {
    const show = consoleText();
    expect(pieces.map((piece) => show(piece)).join("")).toBe(expected);
    expect(shown("")).toBe("");
  });

  it("is stamped once a line, whatever the pieces", () => {
    const show = consoleText({ stamp: () => "[t]" });
    expect(["a", "b\n", "", "c\n\nd"].map((piece) => show(piece)).join("")).toBe(
      "[t] ab\n[t] c\n[t] \n[t] d",
    );
  });

  it("is edited within its line where somebody types, and obeyed in nothing else", () => {
    const printed: string[] = [];
    const show = consoleText({ isTyped: true });
    for (const piece of ["ab\b\u001b[K", "\u001b[12", "Dx\u001b[2J\u001b[1;1H\u0007\n"])
      tellPiece({ out: (text) => void printed.push(text) }, show(piece), true);
    expect(printed.join("")).toBe("ab\b\u001b[K\u001b[12Dx\ufffd\n");
  });

  it("is shown without what a terminal would obey", () => {
    const printed: string[] = [];
    tellPiece(
      { out: (text) => void printed.push(text) },
      consoleText()("a\u0007\u001b]0;x\u009b2J\n\u202eb"),
    );
    expect(printed.join("")).toBe("a\ufffd\ufffd]0;x\ufffd2J\n\ufffdb");
  });

  it("is heard across pieces, and once", () => {
    const isHeard = textHeard(">>>");
    expect(["a>", ">", "> x", "y"].map(isHeard)).toEqual([false, false, true, false]);
  });
});
