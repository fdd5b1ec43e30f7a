import { endOf } from "../table/entry";
import { hex, sizeText } from "../text/units";
import { factsText, type Picture, type PictureRow, pictureRows, summaryText } from "./picture";

/** The same picture for places that take text: what changes in a few sentences, and a table of all regions. */
export function pictureMarkdown(picture: Picture): string {
  const rows = pictureRows(picture);
  const columns = columnsFor(rows.some(({ fill }) => fill !== ""));
  const summary = summaryText(picture);
  return [
    `**${plain(picture.title)}**: ${plain(factsText(picture))}`,
    ...(summary === "" ? [] : ["", plain(summary)]),
    "",
    line(columns.map(({ title }) => title)),
    line(columns.map(({ isNumber }) => (isNumber ? "---:" : "---"))),
    ...rows.map((row) => line(columns.map(({ words }) => plain(words(row))))),
    "",
  ].join("\n");
}

interface Column {
  readonly title: string;
  readonly isNumber?: true;
  readonly words: (row: PictureRow) => string;
}

const columnsFor = (isFilled: boolean): Column[] => [
  { title: "Name", words: ({ region }) => region.name },
  { title: "Type", words: ({ region }) => region.kindText },
  { title: "Offset", isNumber: true, words: ({ region }) => hex(region.offset) },
  { title: "End", isNumber: true, words: ({ region }) => hex(endOf(region)) },
  { title: "Size", isNumber: true, words: ({ region }) => sizeText(region.size) },
  ...(isFilled ? [{ title: "MicroPython", words: ({ fill }: PictureRow) => fill }] : []),
  { title: "Notes", words: ({ notes }) => notes.map(({ words }) => words).join(", ") },
];

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/**
 * Text as itself: no table border, code, link, emphasis, tag, heading or list, and all on one line. An underscore
 * within a word is no emphasis, so `ota_0` stays readable in the source too. GitHub also makes links of bare addresses,
 * mentions and numbers of issues, and pictures of `:words:`, all of which a backslash does not prevent: a space
 * without a width breaks them.
 */
export const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "\ufffd")
    .replace(/[\\`*<>|[\]~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/@(?=[\p{L}\p{N}])|#(?=\d)|GH-(?=\d)|www(?=\.)|:(?=\/\/|[\w+-]+:)/giu, "$&&#8203;")
    .replace(/^[#+\-=:]|^(\d+)(?=[.)] )/, (start, digits) =>
      digits === undefined ? `\\${start}` : `${digits}\\`,
    );
