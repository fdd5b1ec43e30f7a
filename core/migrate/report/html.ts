import { pictureSvg } from "../../picture/svg";
import { characters, element, type Markup } from "../../picture/svg/xml";
import { type Block, type Column, type Mark, markWords, type Term } from "./blocks";
import { reportBlocks } from "./document";
import type { MigrationReport } from "./report";
import { REPORT_STYLE } from "./style";

/**
 * The report as one page to read, to print and to keep: no script, nothing from elsewhere, and no text in it is markup.
 * What it must not do stands in it as a policy, too.
 */
export const reportHtml = (report: MigrationReport): string =>
  blocksHtml(`Migration to MicroPython, ${report.fingerprint.slice(0, 8)}`, reportBlocks(report));

export function blocksHtml(title: string, blocks: readonly Block[]): string {
  const head = element("head", {}, [
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
    element("meta", { name: "viewport", content: "width=device-width" }),
    named("title", title),
    named("style", REPORT_STYLE),
  ]);
  const body = element("body", {}, [element("main", {}, blocks.map(blockHtml))]);
  return `<!DOCTYPE html>\n${element("html", { lang: "en" }, [head, body])}\n`;
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

function blockHtml(block: Block): Markup {
  switch (block.kind) {
    case "heading":
      return named(`h${block.level}`, block.text);
    case "paragraph":
      return block.mark ? marked(block.mark, block.text) : named("p", block.text);
    case "items":
      return element(
        "ul",
        {},
        block.items.map((item) => named("li", item)),
      );
    case "terms":
      return element("dl", {}, block.terms.flatMap(termHtml));
    case "table":
      return tableHtml(block.columns, block.rows);
    case "picture":
      return element("figure", {}, [pictureSvg(block.picture)]);
    case "code":
      return element("p", {}, [named("code", block.text)]);
  }
}

/** Its characters are a child even where there are none: an element without children would not be closed in HTML. */
const named = (name: string, text: string): Markup => element(name, {}, [characters(text)]);

const marked = (mark: Mark, text: string): Markup =>
  element("p", { class: `mark ${mark}` }, [named("strong", markWords[mark]), characters(` ${text}`)]);

const termHtml = ({ term, texts }: Term): Markup[] => [
  named("dt", term),
  ...texts.map((text) => named("dd", text)),
];

const tableHtml = (columns: readonly Column[], rows: readonly (readonly string[])[]): Markup =>
  element("div", { class: "wide" }, [
    element("table", {}, [
      element("thead", {}, [
        rowHtml(
          columns,
          columns.map(({ title }) => title),
          "th",
        ),
      ]),
      element(
        "tbody",
        {},
        rows.map((row) => rowHtml(columns, row, "td")),
      ),
    ]),
  ]);

const rowHtml = (columns: readonly Column[], cells: readonly string[], name: "th" | "td"): Markup =>
  element(
    "tr",
    {},
    cells.map((cell, index) =>
      element(
        name,
        {
          ...(name === "th" ? { scope: "col" } : {}),
          ...(columns[index]?.isNumber ? { class: "number" } : {}),
        },
        [characters(cell)],
      ),
    ),
  );
