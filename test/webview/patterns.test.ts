import type { TemplateResult } from "lit-html";
import { expect, test } from "vitest";
import { definitions } from "../../core/picture/svg/style";
import { patterns } from "../../webview/view/patterns";

/** The markup of a template in which nothing listens. */
function markupOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(markupOf).join("");
  if (typeof value !== "object" || value === null) return `"${value}"`;
  const { strings, values } = value as TemplateResult;
  return String.raw({ raw: strings }, ...values.map(markupOf));
}

/** The size and the lines of each pattern, by its id. */
const tilesIn = (markup: string): ReadonlyMap<string, string> =>
  new Map(
    markup
      .split("<pattern ")
      .slice(1)
      .map((tile) => {
        const [id = "", ...shape] = ["id", "width", "height", "d"].map(
          (name) => tile.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? "",
        );
        return [id.replace("pattern-", "").replace("hatch", "overlap"), shape.join(" ")];
      }),
  );

test("the page draws every role and every fault with the pattern of exported pictures", () => {
  const exported = tilesIn(definitions());
  expect([...exported.keys()]).toContain("filesystem");
  expect(tilesIn(markupOf(patterns))).toEqual(exported);
});
