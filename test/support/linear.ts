import { expect } from "vitest";

const MEGABYTE = 1_000_000;

/** Quadratic work would take 256 times as long, and minutes; a busy machine takes a little longer. */
export function checkLinear(
  text: (length: number) => string,
  work: (text: string) => void,
  length = MEGABYTE,
): void {
  const [part, whole] = [text(length / 16), text(length)];
  const sixteenth = milliseconds(() => work(part));
  expect(milliseconds(() => work(whole))).toBeLessThan(64 * Math.max(sixteenth, 50));
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** A piece again and again, up to a length. */
export const filled = (piece: string, length: number): string =>
  piece.repeat(Math.floor(length / piece.length));
