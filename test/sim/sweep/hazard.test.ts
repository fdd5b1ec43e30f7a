import { describe, expect, it } from "vitest";
import type { Position } from "../../../core/sim/cases/position";
import { runDevice } from "../../../core/sim/device";
import { readFlash, writeFlash } from "../../../core/sim/flash/flash";
import { declaredIn, isInWindow, neededOf } from "../../../core/sim/hazard";
import { cutState } from "../../../core/sim/sweep/cutState";
import { subjectOf } from "../../../core/sim/sweep/subject";
import { scenariosOf, small } from "../support/sweeps";

const [scenario] = scenariosOf(small, { procedure: "safe" });
if (!scenario) throw new Error("there is no scenario");
const { window, setup, state, config } = scenario;
const clean = runDevice(setup, state, { record: { states: true } });
const inWindow = clean.operations.filter((operation) => isInWindow(window, operation));
const [erase, write] = inWindow;

/** The rows of the target table and their MD5 row; rows of 32 bytes. */
const ROWS = 5;

function declaredAt(number: 0 | 1, at: Position): boolean {
  const operation = inWindow[number];
  if (!operation) throw new Error("the window has no such operation");
  return declaredIn(window, operation, cutState(clean, operation.index, at, 0).flash) === "bricked";
}

describe("the hazard window", () => {
  it("is one erase and one write, of the sector of the table", () => {
    expect(inWindow.map(({ op, offset, step }) => [op, offset, step])).toEqual([
      ["erase", 0x8000, "write-table"],
      ["write", 0x8000, "write-table"],
    ]);
    expect(window.sector).toEqual({ offset: 0x8000, size: 0x1000 });
    expect(neededOf(config.targetTable).length).toBe((ROWS + 1) * 32);
  });

  it.each<[string, boolean, 0 | 1, Position]>([
    ["before the erase", false, 0, "before"],
    ["in the middle of the erase", true, 0, "middle"],
    ["after the erase", true, 0, "after"],
    ["before the write", true, 1, "before"],
    ["at its begin", true, 1, "begun"],
    ["without an app row", true, 1, "byte-64"],
    ["in the word that begins a row", true, 1, "torn-96"],
    ["behind the row of the app that runs", false, 1, "byte-96"],
    ["in the row behind it, without its size: that wraps around to a size that fits", false, 1, "byte-104"],
    ["behind all rows: the MD5 row is optional", false, 1, `byte-${ROWS * 32}`],
    ["in the magic number of the MD5 row", true, 1, `torn-${ROWS * 32}`],
    ["in the MD5", true, 1, `byte-${ROWS * 32 + 20}`],
    ["before the last byte that is needed", true, 1, `byte-${ROWS * 32 + 28}`],
    ["behind the last byte that is needed", false, 1, `byte-${(ROWS + 1) * 32}`],
    ["after the write", false, 1, "after"],
  ])("%s: %s", (_, declared, number, at) => {
    expect(declaredAt(number, at)).toBe(declared);
  });

  it("is over where another step touches the sector, and where the step touches another sector", () => {
    if (!erase || !write) throw new Error("the window is empty");
    const { flash } = cutState(clean, write.index, "before", 0);
    expect(declaredIn(window, { ...write, step: "reset" }, flash)).toBeUndefined();
    expect(declaredIn(window, { ...write, offset: 0x9000 }, flash)).toBeUndefined();
    expect(declaredIn(window, write, writeFlash(flash, 0x8000, config.targetTable))).toBeUndefined();
  });
});

/*
 * The same by plain arithmetic and without any model of a bootloader: tables of rows of 32 bytes and an MD5 row, on the
 * 1 MB of the devices, for the bootloader of ESP-IDF v3.3.5.
 */
describe("the hazard window, reckoned by hand", () => {
  const { recovery } = subjectOf(scenario);
  const isBricked = (number: 0 | 1, at: Position, seed = 0): boolean => {
    const operation = inWindow[number];
    if (!operation) throw new Error("the window has no such operation");
    return recovery(cutState(clean, operation.index, at, seed)).ending.end === "no-boot";
  };

  /** Whether so many bytes of the new table in a blank sector start nothing. The app that runs has the third row. */
  function startsNothing(written: number): boolean {
    // The MD5 row counts with its first word and is right with its last.
    if (written > ROWS * 32) return written < (ROWS + 1) * 32;
    // A row without a size is no app, and one without an offset begins behind every flash.
    if (written < 2 * 32 + 12) return true;
    // An offset without a size wraps around to one byte before itself, which is inside of the flash.
    return written % 32 === 4;
  }

  it("bricks in the words of the write where it has to, and nowhere else; and this is declared", () => {
    const words = Array.from({ length: (ROWS + 2) * 8 }, (_, word) => (word + 1) * 4);
    const found = words.map((bytes) => [
      bytes,
      isBricked(1, `byte-${bytes}`),
      declaredAt(1, `byte-${bytes}`),
    ]);
    expect(found).toEqual(words.map((bytes) => [bytes, startsNothing(bytes), startsNothing(bytes)]));
  });

  it("bricks in the erase as soon as a bit has changed that the MD5 covers, or of the MD5", () => {
    const magic = ROWS * 32 + 2;
    const covered = (table: Uint8Array) =>
      [...table.subarray(0, magic), ...table.subarray(ROWS * 32 + 16, (ROWS + 1) * 32)].join();
    for (const at of ["begun", "middle", "almost"] as const)
      for (let seed = 0; seed < 24; seed++) {
        const left = readFlash(cutState(clean, erase?.index ?? 0, at, seed).flash, 0x8000, 0xc00);
        expect([at, seed, isBricked(0, at, seed)]).toEqual([
          at,
          seed,
          covered(left) !== covered(config.sourceTable),
        ]);
      }
    expect([isBricked(0, "before"), isBricked(0, "after"), isBricked(1, "after")]).toEqual([
      false,
      true,
      false,
    ]);
  });
});
