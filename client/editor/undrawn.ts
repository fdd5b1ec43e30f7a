import type { Facts } from "../../core/facts";
import { parseCsv } from "../../core/table/csv";
import { isTooLarge } from "../../core/table/limits";
import { lineEnds } from "../../core/text/python";

/** A table has at most 95 rows; one that is twice as long was meant to be something else. */
const MAX_ROWS = 200;

/** Why a text is not drawn, as a sentence; undefined where it is. */
export function whyUndrawn(
  title: string,
  text: string,
  environment: Facts["environment"],
): string | undefined {
  if (isTooLarge(text)) return `${title} is longer than any partition table, so nothing of it is drawn.`;
  // A row takes a line: nothing needs to be read to know that few lines are few rows.
  if (text.split(lineEnds, MAX_ROWS + 1).length <= MAX_ROWS) return undefined;
  const { length } = parseCsv(text, environment).rows;
  if (length <= MAX_ROWS) return undefined;
  return `${title} has ${length} rows, more than twice as many as a partition table can hold, so nothing of it is drawn.`;
}
