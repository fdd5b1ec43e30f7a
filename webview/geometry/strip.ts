import type { Range } from "../../core/picture/scene";

/** A piece of the strip, in pixels from the left. */
export interface StripRect {
  readonly x: number;
  readonly width: number;
}

/** What is narrower cannot be seen. */
export const MIN_WIDTH = 2;

/** Where an address lies in a strip of `width` pixels that shows `total` bytes: true to scale. */
export const stripX = (address: number, total: number, width: number): number =>
  total > 0 ? (address / total) * width : 0;

/**
 * The bytes from `offset` up to `end` in such a strip, on whole pixels. Tiny pieces get a width that can be seen, at the
 * cost of the first pixels of what follows: nothing is moved for them, so the strip stays true to scale.
 */
export function stripRect(offset: number, end: number, total: number, width: number): StripRect {
  const left = Math.round(stripX(offset, total, width));
  const right = Math.round(stripX(end, total, width));
  const x = Math.max(0, Math.min(left, width - MIN_WIDTH));
  return { x, width: Math.max(right - x, MIN_WIDTH) };
}

/** A strip above another one: the bytes and pixels that they share, and the edges between which a ribbon runs. */
export interface RibbonSpace {
  readonly end: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

/** The data of an SVG path from a piece of the upper strip to a piece of the lower one, bent so that it leaves both upright. */
export function ribbonPath(from: Range, to: Range, { end, width, top, bottom }: RibbonSpace): string {
  const upper = stripRect(from.offset, from.end, end, width);
  const lower = stripRect(to.offset, to.end, end, width);
  const middle = (top + bottom) / 2;
  const [upperRight, lowerRight] = [upper.x + upper.width, lower.x + lower.width];
  return [
    `M${upper.x} ${top}`,
    `C${upper.x} ${middle} ${lower.x} ${middle} ${lower.x} ${bottom}`,
    `L${lowerRight} ${bottom}`,
    `C${lowerRight} ${middle} ${upperRight} ${middle} ${upperRight} ${top}`,
    "Z",
  ].join("");
}
