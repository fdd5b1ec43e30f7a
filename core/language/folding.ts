import type { CsvDocument, CsvLine } from "../table/csv";
import { type Span, span } from "../text/span";

/** A piece of the text that an editor may fold: from inside its first line to the end of its last. */
export interface Fold {
  readonly kind: "comment" | "region";
  readonly span: Span;
}

/** Lines without a blank one between them form a block: rows under their comment, or a comment of several lines. */
export function folding({ lines }: CsvDocument): Fold[] {
  return blocksOf(lines).flatMap((block): Fold[] => {
    const [first] = block;
    const last = block.at(-1);
    if (!first || !last || first === last || first.kind !== "comment") return [];
    const kind = block.every((line) => line.kind === "comment") ? "comment" : "region";
    return [{ kind, span: span(first.span.start, last.span.end) }];
  });
}

/** Splits at blank lines; they belong to no block. */
export function blocksOf(lines: readonly CsvLine[]): CsvLine[][] {
  const blocks: CsvLine[][] = [[]];
  for (const line of lines) {
    if (line.kind === "blank") blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.filter(({ length }) => length > 0);
}
