import { type CsvRow, cellOf } from "../../table/csv";

/** Whether a row is the heading `Name, Type, SubType, …` without its `#`: one mistake, not one in each column. */
export const isHeading = (row: CsvRow): boolean =>
  /^type$/i.test(cellOf(row, "type").text) && /^sub ?type$/i.test(cellOf(row, "subtype").text);
