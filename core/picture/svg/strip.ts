import { endOf } from "../../table/entry";
import { sizeText } from "../../text/units";
import type { Fill, Range, Scene, SceneRegion } from "../scene";
import { path, rectangle, text } from "./draw";
import { changeColours, ink, roleFill, roleStroke } from "./style";
import { BOLD, textWidth } from "./typeset";
import { element, type Markup } from "./xml";

/** From addresses to pixels: the same for both tables, so that they can be compared. */
export type Scale = (address: number) => number;

/** The flash up to `end`, over that many pixels. */
export const scaleOf =
  (end: number, width: number): Scale =>
  (address) =>
    (address / end) * width;

export const STRIP_HEIGHT = 46;

/** A whole flash to true scale. What is narrower than a pixel is drawn as one. */
export function strip({ regions, flashSize, end }: Scene, scale: Scale, y: number): Markup[] {
  const isOpen = flashSize !== undefined && flashSize < end;
  return [
    ...regions.map((region) => area(region, scale, y)),
    ...regions.flatMap((region) => meter(region, scale, y)),
    ...sharedOnce(regions).map((range) => over(range, scale, y, { fill: "url(#overlap)" })),
    ...(isOpen ? [over({ offset: flashSize, end }, scale, y, { fill: "url(#beyond)", opacity: 0.45 })] : []),
    rectangle(0, y, scale(end), STRIP_HEIGHT, { fill: "none", stroke: ink.quiet, "stroke-width": 0.8 }),
    ...(isOpen ? [endMark(scale(flashSize), y)] : []),
    ...regions.flatMap((region) => label(region, scale, y)),
    ...regions
      .filter(({ isRunning }) => isRunning)
      .map((region) => runningMark(middleOf(region, scale), y - 3)),
  ];
}

function area(region: SceneRegion, scale: Scale, y: number): Markup {
  const x = scale(region.offset);
  const width = Math.max(1, scale(endOf(region)) - x);
  const seam = width < 4 ? {} : { stroke: roleStroke(region.role), "stroke-width": 0.6 };
  return rectangle(x, y, width, STRIP_HEIGHT, { fill: roleFill(region.role), ...seam });
}

const over = (
  { offset, end }: Range,
  scale: Scale,
  y: number,
  look: Readonly<Record<string, string | number>>,
) => rectangle(scale(offset), y, Math.max(1, scale(end) - scale(offset)), STRIP_HEIGHT, look);

/** Both partners of an overlap name the same bytes; they are hatched once, across both. */
function sharedOnce(regions: readonly SceneRegion[]): Range[] {
  const ranges = regions.flatMap(({ overlaps }) => overlaps);
  return [...new Map(ranges.map((range) => [`${range.offset} ${range.end}`, range])).values()];
}

/** How full the binary makes a slot: a bar along its lower edge. Where slots overlap, two bars would read as one. */
function meter(region: SceneRegion, scale: Scale, y: number): Markup[] {
  const { fill } = region;
  const x = scale(region.offset) + 4;
  const width = scale(endOf(region)) - 4 - x;
  if (!fill || width < 8 || region.overlaps.length > 0) return [];
  const share = Math.min(1, fill.used / region.size);
  const bar = { y: y + STRIP_HEIGHT - 8, height: 4, rx: 2, opacity: fill.isTarget ? 1 : 0.45 };
  return [
    element("rect", { ...bar, x, width, fill: ink.paper }),
    element("rect", { ...bar, x, width: width * share, fill: meterColour(fill) }),
  ];
}

/** Only where MicroPython is installed does its fit matter now. */
const meterColour = ({ isTarget, left }: Fill): string =>
  isTarget ? (left < 0 ? ink.wrong : changeColours.grown) : ink.quiet;

/** The name and, where there is room, the size: in the widest piece of the region that is its own. */
function label(region: SceneRegion, scale: Scale, y: number): Markup[] {
  const { offset, end } = ownPiece(region);
  const room = scale(end) - scale(offset) - 8;
  if (textWidth(region.name, 12 * BOLD) > room) return [];
  const x = (scale(offset) + scale(end)) / 2;
  const rim = { anchor: "middle", halo: ink.paper } as const;
  const size = sizeText(region.size);
  const isPlain = region.kind === "gap";
  return [
    text(region.name, {
      ...rim,
      x,
      y: y + 18,
      fill: isPlain ? ink.quiet : ink.text,
      weight: isPlain ? 400 : 600,
    }),
    ...(textWidth(size, 10.5) > room
      ? []
      : [text(size, { ...rim, x, y: y + 32, size: 10.5, fill: ink.quiet })]),
  ];
}

function ownPiece(region: SceneRegion): Range {
  const taken = [...region.overlaps, ...(region.beyond ? [region.beyond] : [])];
  const ends = taken.toSorted((a, b) => a.offset - b.offset);
  let at = region.offset;
  let best = { offset: at, end: at };
  for (const { offset, end } of [...ends, { offset: endOf(region), end: endOf(region) }]) {
    if (offset - at > best.end - best.offset) best = { offset: at, end: offset };
    at = Math.max(at, end);
  }
  return best;
}

const middleOf = (region: SceneRegion, scale: Scale): number =>
  (scale(region.offset) + scale(endOf(region))) / 2;

/** A triangle that points down at the slot from which the repartitioner runs. */
export const runningMark = (x: number, y: number): Markup =>
  path(["M", x - 5, y - 7, "h10l-5 7z"], { fill: ink.text });

const endMark = (x: number, y: number): Markup =>
  path(["M", x, y - 4, "v", STRIP_HEIGHT + 8], { stroke: ink.wrong, "stroke-width": 2 });
