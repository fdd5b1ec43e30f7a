import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineReader } from "../../../device/rehearsal/lineReader";

/** What is heard of a text that comes in these pieces; a prompt stands as itself. */
function heard(pieces: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const read = lineReader({ line: (text) => lines.push(text), prompt: () => lines.push("prompt") });
  for (const piece of pieces) read(piece);
  return lines;
}

const PIECE = fc.constantFrom("a", "crossflash: ", "\r", "\n", "\r\n", ">>> ", ">", " ", "é");

describe("the lines that a board prints", () => {
  test.each<[pieces: readonly string[], lines: readonly string[]]>([
    [["one\r\ntwo\n"], ["one", "two"]],
    [["o", "n", "e\r", "\nt"], ["one"]],
    [["Type help\r\n>>> "], ["Type help", "prompt"]],
    [
      ["\r\n>>", "> "],
      ["", "prompt"],
    ],
    [[">>> ", "x"], ["prompt"]],
    [
      [">>> ", "\r\n>>> "],
      ["prompt", ">>> ", "prompt"],
    ],
    [["a >>> "], []],
  ])("of %j are %j", (pieces, lines) => {
    expect(heard(pieces)).toEqual(lines);
  });

  test("do not depend on the pieces in which they come", () => {
    fc.assert(
      fc.property(fc.array(PIECE), (pieces) => {
        const linesOf = (all: readonly string[]) => heard(all).filter((line) => line !== "prompt");
        expect(linesOf(pieces)).toEqual(linesOf([pieces.join("")]));
      }),
    );
  });

  test("are cut where they never end", () => {
    expect(heard(["x".repeat(5000), "y\n"])[0]).toHaveLength(1000);
  });
});
