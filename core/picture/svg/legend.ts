import type { Picture } from "../picture";
import { type Role, roleTitle } from "../roles";
import type { SceneRegion } from "../scene";
import { type Block, group, rectangle, text } from "./draw";
import { runningMark } from "./strip";
import { changeColours, ink, roleFill, roleStroke, WIDTH } from "./style";
import { textWidth } from "./typeset";
import type { Markup } from "./xml";

const LINE = 22;

interface Item {
  readonly title: string;
  readonly chip: Markup;
}

/** What the colours, patterns and signs mean, as far as they occur. */
export function legend(picture: Picture): Block {
  let x = 0;
  let y = 0;
  const markup = itemsOf(picture).flatMap(({ title, chip }) => {
    const width = textWidth(title, 11) + 28;
    if (x + width > WIDTH) [x, y] = [0, y + LINE];
    const at = x;
    x += width;
    return [group(at, y, [chip, text(title, { x: 20, y: 10, size: 11, fill: ink.quiet })])];
  });
  return { height: y + LINE, markup };
}

function itemsOf({ scene, comparison }: Picture): Item[] {
  const regions = [...(comparison?.source.regions ?? []), ...scene.regions];
  const occurs = (is: (region: SceneRegion) => unknown) => regions.some(is);
  const roles = (Object.keys(roleTitle) as Role[]).filter((role) => occurs((region) => region.role === role));
  const hatched = (pattern: string) =>
    rectangle(0, 0, 14, 12, { fill: pattern, stroke: ink.wrong, "stroke-width": 0.6 });
  return [
    ...roles.map((role) => ({ title: roleTitle[role], chip: chip(role) })),
    ...(occurs(({ overlaps }) => overlaps.length > 0)
      ? [{ title: "Overlap", chip: hatched("url(#overlap)") }]
      : []),
    ...(occurs(({ beyond }) => beyond)
      ? [{ title: "Beyond the end of flash", chip: hatched("url(#beyond)") }]
      : []),
    ...(occurs(({ fill }) => fill)
      ? [
          {
            title: "MicroPython",
            chip: rectangle(0, 4, 14, 4, { rx: 2, fill: changeColours.grown }),
          },
        ]
      : []),
    ...(occurs(({ isRunning }) => isRunning)
      ? [{ title: "Runs the repartitioner", chip: runningMark(7, 9) }]
      : []),
  ];
}

/** A sample of a role's colour and pattern. */
export const chip = (role: Role): Markup =>
  rectangle(0, 0, 14, 12, { fill: roleFill(role), stroke: roleStroke(role), "stroke-width": 0.6 });
