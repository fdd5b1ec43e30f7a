import { endOf } from "../../table/entry";
import { hex, sizeText } from "../../text/units";
import { type Picture, type PictureRow, pictureRows } from "../picture";
import { type Block, group, path, stacked, text } from "./draw";
import { chip } from "./legend";
import { fonts, ink, WIDTH } from "./style";
import { BOLD, cutToWidth } from "./typeset";
import type { Markup } from "./xml";

/** From one row to the next, and from one note to the next. */
const ROW = 21;
const NOTE = 15;

/** A column of one line: where it begins, or ends where numbers stand, and how wide it is. */
interface Column {
  readonly title: string;
  readonly x: number;
  readonly width: number;
  readonly anchor?: "end";
  readonly words: (row: PictureRow) => string;
  readonly look?: (row: PictureRow) => Look;
  readonly font?: string;
}

interface Look {
  readonly fill?: string;
  readonly weight?: number;
  readonly decoration?: string;
}

/** Every region in words: what the strip has no room for. */
export function table(picture: Picture): Block {
  const rows = pictureRows(picture);
  const isFilled = rows.some(({ fill }) => fill !== "");
  const columns = isFilled ? [...placeColumns, fillColumn] : placeColumns;
  const notesAt = isFilled ? 704 : fillColumn.x;
  const heads = [...columns, { title: "Notes", x: notesAt }].map((column) =>
    text(column.title, { ...placed(column), y: 12, size: 11, fill: ink.quiet, weight: 600 }),
  );
  return stacked(0, [{ height: ROW, markup: heads }, ...rows.map((row) => line(row, columns, notesAt))]);
}

function line(row: PictureRow, columns: readonly Column[], notesAt: number): Block {
  const cells = columns.map((column) => {
    const look = lookOf(row, column);
    const words = cutToWidth(column.words(row), look.weight ? 12 * BOLD : 12, column.width);
    return text(words, { ...placed(column), ...look, y: 13 });
  });
  const notes = row.notes.map(({ words, isWrong }, index) =>
    text(words, { x: notesAt, y: 13 + index * NOTE, ...(isWrong ? { fill: ink.wrong } : {}) }),
  );
  return {
    height: ROW + NOTE * Math.max(0, notes.length - 1),
    markup: [rule(-2), group(0, 3, [chip(row.region.role)]), ...cells, ...notes],
  };
}

const address = { width: 80, anchor: "end", font: fonts.mono } as const;

const placeColumns: readonly Column[] = [
  { title: "Name", x: 24, width: 146, words: ({ region }) => region.name, look: nameLook },
  { title: "Type", x: 178, width: 116, words: ({ region }) => region.kindText, look: quietly },
  { ...address, title: "Offset", x: 346, words: ({ region }) => hex(region.offset) },
  { ...address, title: "End", x: 420, words: ({ region }) => hex(endOf(region)) },
  { title: "Size", x: 492, width: 80, anchor: "end", words: ({ region }) => sizeText(region.size) },
];

const fillColumn: Column = {
  title: "MicroPython",
  x: 516,
  width: 170,
  words: ({ fill }) => fill,
  look: fillLook,
};

function quietly(): Look {
  return { fill: ink.quiet };
}

function nameLook({ region, isErased }: PictureRow): Look {
  if (isErased) return { fill: ink.quiet, decoration: "line-through" };
  return region.kind === "partition" ? { weight: 600 } : quietly();
}

function fillLook({ region: { fill } }: PictureRow): Look {
  if (!fill?.isTarget) return quietly();
  return fill.left < 0 ? { fill: ink.wrong, weight: 600 } : {};
}

const lookOf = (row: PictureRow, { look, font }: Column): Look & { font?: string; size?: number } => ({
  ...(font === undefined ? {} : { font, size: 11 }),
  ...(row.isErased ? quietly() : {}),
  ...look?.(row),
});

const placed = ({ x, anchor }: Pick<Column, "x" | "anchor">) => ({ x, ...(anchor ? { anchor } : {}) });

const rule = (y: number): Markup => path(["M", 0, y, "H", WIDTH], { stroke: ink.line, "stroke-width": 0.8 });
