import type { Picture } from "../picture";
import { ribbonsOf } from "../ribbons";
import { axis } from "./axis";
import { type Block, stacked, text } from "./draw";
import { ribbons } from "./ribbons";
import { STRIP_HEIGHT, scaleOf, strip } from "./strip";
import { ink, WIDTH } from "./style";
import type { Markup } from "./xml";

/** Where the names of the two tables stand, left of their strips. */
const GUTTER = 60;
/** Room above a strip for the sign of the slot that runs. */
const SIGN = 12;

/** The flash; where two tables are compared, before and after. */
export function flash(picture: Picture): Block {
  return picture.comparison ? beforeAndAfter(picture, picture.comparison) : single(picture);
}

function single({ scene }: Picture): Block {
  const scale = scaleOf(scene.end, WIDTH);
  return stacked(0, [{ height: SIGN + STRIP_HEIGHT, markup: strip(scene, scale, SIGN) }, axis(scene, scale)]);
}

function beforeAndAfter({ scene }: Picture, { source, diff }: NonNullable<Picture["comparison"]>): Block {
  const scale = scaleOf(Math.max(scene.end, source.end), WIDTH - GUTTER);
  const { height, markup } = stacked(GUTTER, [
    { height: SIGN + STRIP_HEIGHT, markup: strip(source, scale, SIGN) },
    ribbons(ribbonsOf(diff, source, scene), scale),
    { height: STRIP_HEIGHT, markup: strip(scene, scale, 0) },
    axis(scene, scale),
  ]);
  const middle = SIGN + STRIP_HEIGHT / 2 + 4;
  return {
    height,
    markup: [
      ...markup,
      name("Source", middle),
      name("Target", height - axis(scene, scale).height - STRIP_HEIGHT / 2 + 4),
    ],
  };
}

const name = (title: string, y: number): Markup => text(title, { x: 0, y, weight: 600, fill: ink.quiet });
