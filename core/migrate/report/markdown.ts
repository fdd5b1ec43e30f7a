import { pictureMarkdown, plain } from "../../picture/markdown";
import { type Block, markWords, type Term } from "./blocks";
import { reportBlocks } from "./document";
import type { MigrationReport } from "./report";
import { printable } from "./text";

/** The report for tickets and pull requests. Nothing in it is markup but what is written here. */
export const reportMarkdown = (report: MigrationReport): string => blocksMarkdown(reportBlocks(report));

export const blocksMarkdown = (blocks: readonly Block[]): string =>
  `${blocks.map(blockMarkdown).join("\n\n")}\n`;

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${plain(block.text)}`;
    case "paragraph":
      return block.mark ? `**${markWords[block.mark]}** ${plain(block.text)}` : plain(block.text);
    case "items":
      return block.items.map((item) => `- ${plain(item)}`).join("\n");
    case "terms":
      return block.terms.map(termMarkdown).join("\n");
    case "table":
      return [
        line(block.columns.map(({ title }) => title)),
        line(block.columns.map(({ isNumber }) => (isNumber ? "---:" : "---"))),
        ...block.rows.map((row) => line(row.map(plain))),
      ].join("\n");
    case "picture":
      return pictureMarkdown(block.picture).trimEnd();
    case "code":
      return `    ${printable(block.text)}`;
  }
}

/** Several values are a list of their own. */
const termMarkdown = ({ term, texts }: Term): string =>
  texts.length === 1
    ? `- **${plain(term)}**: ${texts.map(plain).join("")}`
    : [`- **${plain(term)}**:`, ...texts.map((text) => `  - ${plain(text)}`)].join("\n");

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
