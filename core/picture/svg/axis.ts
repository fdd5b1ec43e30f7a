import { sizeText } from "../../text/units";
import type { Scene } from "../scene";
import { type Block, path, text } from "./draw";
import type { Scale } from "./strip";
import { ink } from "./style";
import { textWidth } from "./typeset";
import type { Markup } from "./xml";

/** The least distance of two numbers, so that they never touch. */
const DISTANCE = 72;
const SMALLEST_STEP = 0x1000;

/** Round addresses below the flash; the end of flash is always among them. */
export function axis({ flashSize, end }: Scene, scale: Scale): Block {
  const marked = flashSize ?? end;
  const isPassed = marked < end;
  const title = isPassed ? `end of flash, ${sizeText(marked)}` : sizeText(marked);
  const apart = textWidth(title, 10.5) + 30;
  const others = steps(end, scale).filter((address) => Math.abs(scale(address) - scale(marked)) > apart);
  const width = scale(end);
  return {
    height: 36,
    markup: [
      ...others.flatMap((address) =>
        tick(scale(address), address === 0 ? "0" : sizeText(address), width, ink.quiet),
      ),
      ...tick(scale(marked), title, width, isPassed ? ink.wrong : ink.quiet),
    ],
  };
}

function steps(end: number, scale: Scale): number[] {
  let step = SMALLEST_STEP;
  while (scale(step) < DISTANCE) step *= 2;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}

function tick(x: number, title: string, width: number, fill: string): Markup[] {
  const half = textWidth(title, 10.5) / 2;
  const anchor = x < half ? "start" : width - half < x ? "end" : "middle";
  return [
    path(["M", x, 1, "v 5"], { stroke: fill, "stroke-width": 1 }),
    text(title, { x, y: 18, size: 10.5, anchor, fill }),
  ];
}
