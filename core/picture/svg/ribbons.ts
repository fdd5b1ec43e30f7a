import { changeWord } from "../names";
import type { Ribbon } from "../ribbons";
import type { Range } from "../scene";
import { type Block, path, text } from "./draw";
import type { Scale } from "./strip";
import { changeColours, ink } from "./style";
import { BOLD, textWidth } from "./typeset";
import type { Markup } from "./xml";

const HEIGHT = 64;
/** How far what is erased reaches down, and what is new up. */
const STUB = 26;

/** From each partition before to the same one after. What is erased runs out, what is new comes in. */
export function ribbons(all: readonly Ribbon[], scale: Scale): Block {
  const drawn = all.map((ribbon) => shapeOf(ribbon, scale)).filter((shape) => shape !== undefined);
  return { height: HEIGHT, markup: [...drawn.map(({ area }) => area), ...words(drawn)] };
}

interface Shape {
  readonly word: string;
  readonly colour: string;
  readonly area: Markup;
  /** Where its word would stand, and how wide the ribbon is there. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function shapeOf(ribbon: Ribbon, scale: Scale): Shape | undefined {
  const top = ribbon.from && edge(ribbon.from, scale);
  const bottom = ribbon.to && edge(ribbon.to, scale);
  if (top && bottom) return between(ribbon, top, 0, bottom, HEIGHT);
  if (top) return between(ribbon, top, 0, tapered(top), STUB);
  return bottom && between(ribbon, tapered(bottom), HEIGHT - STUB, bottom, HEIGHT);
}

interface Edge {
  readonly x: number;
  readonly width: number;
}

const edge = ({ offset, end }: Range, scale: Scale): Edge => ({
  x: scale(offset),
  width: Math.max(1, scale(end) - scale(offset)),
});

function tapered({ x, width }: Edge): Edge {
  const by = Math.min(10, width / 4);
  return { x: x + by, width: width - 2 * by };
}

function between(ribbon: Ribbon, top: Edge, y0: number, bottom: Edge, y1: number): Shape {
  const middle = (y0 + y1) / 2;
  const d = [
    ...["M", top.x, y0, "C", top.x, middle, bottom.x, middle, bottom.x, y1, "h", bottom.width],
    ...["C", bottom.x + bottom.width, middle, top.x + top.width, middle, top.x + top.width, y0, "Z"],
  ];
  const width = (top.width + bottom.width) / 2;
  const colour = changeColours[ribbon.kind];
  const rim = width < 6 ? {} : { stroke: colour, "stroke-opacity": 0.55, "stroke-width": 0.8 };
  const dashes = y1 - y0 === HEIGHT ? {} : { "stroke-dasharray": "3 2" };
  return {
    word: changeWord(ribbon),
    colour,
    area: path(d, { fill: colour, "fill-opacity": 0.16, ...rim, ...dashes }),
    x: (top.x + bottom.x + width) / 2,
    y: middle + 4,
    width,
  };
}

/** The word of each change where it has room and no other word stands; the table below says the rest. */
function words(shapes: readonly Shape[]): Markup[] {
  const placed: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  return shapes.flatMap(({ word, colour, x, y, width }) => {
    const half = textWidth(word, 11 * BOLD) / 2 + 3;
    const isFree = placed.every(
      (other) => Math.abs(other.y - y) > 12 || Math.abs(other.x - x) > half + other.half,
    );
    if (2 * half > width || !isFree) return [];
    placed.push({ x, y, half });
    return [
      text(word, {
        x,
        y,
        size: 11,
        anchor: "middle",
        fill: colour,
        weight: 600,
        halo: ink.paper,
      }),
    ];
  });
}
