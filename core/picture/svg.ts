import { factsText, type Picture, spokenText, summaryText } from "./picture";
import { type Block, group, rectangle, stacked, text } from "./svg/draw";
import { flash } from "./svg/flash";
import { legend } from "./svg/legend";
import { definitions, fonts, ink, MARGIN, PAGE_WIDTH, WIDTH } from "./svg/style";
import { table } from "./svg/table";
import { BOLD, cutToWidth, wrapped } from "./svg/typeset";
import { characters, element, type Markup } from "./svg/xml";

/**
 * The picture as an SVG that stands by itself, for tickets and reviews: the strip to true scale, both strips where two
 * tables are compared, and every region in words. No script, no style sheet, nothing from elsewhere.
 */
export function pictureSvg(picture: Picture): Markup {
  const content = stacked(MARGIN, [heading(picture), flash(picture), legend(picture), table(picture)]);
  const height = content.height + 2 * MARGIN;
  const page = { width: PAGE_WIDTH, height };
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...page,
      viewBox: `0 0 ${PAGE_WIDTH} ${height}`,
      role: "img",
      "aria-labelledby": "title description",
      "font-family": fonts.sans,
      "font-variant": "tabular-nums",
    },
    [
      element("title", { id: "title" }, [characters(picture.title)]),
      element("desc", { id: "description" }, [
        characters([`${factsText(picture)}.`, summaryText(picture), spokenText(picture)].join(" ")),
      ]),
      definitions(),
      rectangle(0, 0, page.width, page.height, { fill: ink.paper }),
      group(0, MARGIN, content.markup),
    ],
  );
}

/** The name of the file, the device, and what changes. */
function heading(picture: Picture): Block {
  const lines = wrapped(summaryText(picture), 12, WIDTH);
  return {
    height: 52 + lines.length * 18,
    markup: [
      text(cutToWidth(picture.title, 18 * BOLD, WIDTH), { x: 0, y: 12, size: 18, weight: 600 }),
      text(cutToWidth(factsText(picture), 12, WIDTH), { x: 0, y: 32, fill: ink.quiet }),
      ...lines.map((line, index) => text(line, { x: 0, y: 54 + index * 18 })),
    ],
  };
}
