import { ROW_LENGTH } from "../../table/options";
import type { CaseCut } from "../cases/case";
import { isInside, type Position, positions } from "../cases/position";
import type { Operation } from "../device";
import { isInWindow } from "../hazard";
import type { Subject } from "../sweep/subject";
import { cutAt } from "../sweep/tried";

/** Where one operation is cut. What matters most is cut at every word, and torn in several ways. */
export function cutsAt(subject: Subject, operation: Operation): readonly CaseCut[] {
  const { index } = operation;
  const isHazard = isInWindow(subject.scenario.window, operation);
  const plain = positions.flatMap((at) =>
    (isHazard && isInside(at) ? SEEDS : [0]).map((seed) => cutAt(index, at, seed)),
  );
  const words = wordsOf(subject, operation, isHazard);
  return [...plain, ...words.map((at) => cutAt(index, at))].toSorted(byTime(operation.size));
}

const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7];
/** Writes of at most so many bytes are cut at every word: entries of otadata, superblocks. */
const SMALL = 64;
const WORD = 4;

function wordsOf({ scenario: { window } }: Subject, { op, size }: Operation, isHazard: boolean): Position[] {
  if (op === "erase" || (size > SMALL && !isHazard)) return [];
  const needed = isHazard ? window.needed + ROW_LENGTH : size;
  const count = Math.ceil(Math.min(needed, size) / WORD) - 1;
  return Array.from({ length: count }, (_, word) => (word + 1) * WORD).flatMap(
    (bytes) => [`byte-${bytes}`, `torn-${bytes}`] as const,
  );
}

const byTime = (size: number) => (a: CaseCut, b: CaseCut) => placeOf(a.at, size) - placeOf(b.at, size);

/** How much of an operation is done there, as a number between -1 and 2; a torn word comes behind the whole one. */
export function placeOf(at: Position, size: number): number {
  const [, kind, bytes] = /^(byte|torn)-(\d+)$/.exec(at) ?? [];
  if (bytes !== undefined) return Math.min(1, (Number(bytes) + (kind === "torn" ? 1 : 0)) / size);
  return PLACES[at as keyof typeof PLACES];
}

const PLACES = { before: -1, begun: 0, middle: 0.5, almost: 1, after: 2 } as const;
