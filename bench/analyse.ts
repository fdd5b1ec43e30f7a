import { analyse } from "../core/analyse";
import { type Facts, noFacts } from "../core/facts";
import { hostileTables, tableOfRows, wrongTables } from "../test/support/tables";
import { type Figure, timeFigure } from "./figure";
import { timeOf } from "./measure";

/** Everything known, so that every rule has something to do. */
const facts: Facts = {
  ...noFacts,
  flashSize: 0x1000000,
  environment: { A: "x,y" },
  micropython: {
    name: "micropython.bin",
    kind: "app",
    fault: "",
    appSize: 0xf0000,
    flashSize: 0x1000000,
    release: [1, 23, 0],
    title: "MicroPython v1.23.0",
  },
};

/** The budget is for the largest table; hostile texts must not be felt while typing. */
const FULL_TABLE = 1;
const HOSTILE = 400;

export function analyseFigures(unit: number): Figure[] {
  const figure = (what: string, text: string, budget?: number): Figure =>
    timeFigure(
      what,
      timeOf(() => analyse(text, facts)),
      unit,
      budget,
    );
  return [
    ...[5, 20, 94].map((count) => figure(`${count} rows`, tableOfRows(count), FULL_TABLE)),
    ...Object.entries(wrongTables).map(([what, text]) => figure(what, text, HOSTILE)),
    ...Object.entries(hostileTables).map(([what, text]) => figure(what, text, HOSTILE)),
  ];
}
