import { summaryText } from "../../picture/picture";
import { type Block, type Column, markWords, type Term } from "./blocks";
import { reportBlocks } from "./document";
import type { MigrationReport } from "./report";

const WIDTH = 100;

/** The report for terminals and mails: plain text in lines of 100 characters, wider only where a table is. */
export const reportText = (report: MigrationReport): string => blocksText(reportBlocks(report));

export const blocksText = (blocks: readonly Block[]): string => `${blocks.map(blockText).join("\n\n")}\n`;

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return headingText(printable(block.text), block.level);
    case "paragraph":
      return wrapped(block.mark ? `${markWords[block.mark]}: ${block.text}` : block.text, 0);
    case "items":
      return block.items.map((item) => `- ${wrapped(item, 2)}`).join("\n");
    case "terms":
      return termsText(block.terms);
    case "table":
      return tableText(block.columns, block.rows);
    case "picture":
      return wrapped(summaryText(block.picture), 0);
    case "code":
      return `    ${printable(block.text)}`;
  }
}

const UNDERLINES = { 1: "=", 2: "-", 3: "" } as const;

function headingText(text: string, level: 1 | 2 | 3): string {
  const line = UNDERLINES[level].repeat(text.length);
  return line === "" ? text : `${text}\n${line}`;
}

function termsText(terms: readonly Term[]): string {
  const indent = Math.max(...terms.map(({ term }) => term.length)) + 2;
  return terms
    .map(({ term, texts }) => {
      const lines = texts.map((text) => wrapped(text, indent));
      return printable(term).padEnd(indent) + lines.join(`\n${" ".repeat(indent)}`);
    })
    .join("\n");
}

function tableText(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) => row.map(printable));
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const lines = cells.map((row) =>
    row.map((cell, index) =>
      columns[index]?.isNumber ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
    ),
  );
  const [head = [], ...body] = lines;
  const rule = widths.map((width) => "-".repeat(width));
  return [head, rule, ...body].map((line) => line.join("  ").trimEnd()).join("\n");
}

/** Lines that are at most so wide, except for words that are wider; the further ones begin with the indent. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of printable(text).split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || indent + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

/** A name is no command to a terminal, and does not turn the text behind it. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
