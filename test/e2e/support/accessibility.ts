import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { NodeResult, Result } from "axe-core";
import type { Layout } from "./layout";

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds serious or critical in a page as it is now, each with the elements that it is about. */
export async function graveViolations({ run }: Pick<Layout, "run">): Promise<string[]> {
  if (!(await run<boolean>("'axe' in window"))) await run(await axe);
  const violations = await run<Result[]>("axe.run(document).then(({ violations }) => violations)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target}: ${wordsOf(node)}`));
}

const wordsOf = ({ any, all, none }: NodeResult): string =>
  [...any, ...all, ...none].map(({ message }) => message).join(" ");
