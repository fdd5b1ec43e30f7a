import { ink } from "./style";
import { characters, element, type Markup } from "./xml";

/** A part of the page: what is drawn from its upper left corner on, and how high it is. */
export interface Block {
  readonly height: number;
  readonly markup: readonly Markup[];
}

/** Where text stands: `x` is its left, middle or right end, `y` its baseline. */
interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly fill?: string;
  readonly weight?: number;
  readonly decoration?: string;
  readonly font?: string;
  /** A rim in this colour that keeps it readable on patterns and lines. */
  readonly halo?: string;
}

export const text = (content: string, place: TextPlace): Markup =>
  element(
    "text",
    {
      x: place.x,
      y: place.y,
      "font-size": place.size ?? 12,
      fill: place.fill ?? ink.text,
      ...(place.font === undefined ? {} : { "font-family": place.font }),
      ...(place.anchor === undefined ? {} : { "text-anchor": place.anchor }),
      ...(place.decoration === undefined ? {} : { "text-decoration": place.decoration }),
      ...(place.weight === undefined ? {} : { "font-weight": place.weight }),
      ...(place.halo === undefined
        ? {}
        : { stroke: place.halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" }),
    },
    [characters(content)],
  );

export const rectangle = (
  x: number,
  y: number,
  width: number,
  height: number,
  attributes: Readonly<Record<string, string | number>>,
): Markup => element("rect", { x, y, width, height, ...attributes });

export const path = (
  d: readonly (string | number)[],
  attributes: Readonly<Record<string, string | number>>,
): Markup =>
  element("path", {
    d: d.map((part) => (typeof part === "number" ? Math.round(part * 100) / 100 : part)).join(" "),
    ...attributes,
  });

/** The same markup, elsewhere. */
export const group = (x: number, y: number, markup: readonly Markup[]): Markup =>
  element("g", { transform: `translate(${x} ${y})` }, markup);

/** One block below the other. */
export function stacked(x: number, blocks: readonly Block[]): Block {
  let height = 0;
  const markup = blocks.map((block) => {
    const placed = group(x, height, block.markup);
    height += block.height;
    return placed;
  });
  return { height, markup };
}
