import { readFileSync } from "node:fs";
import { type Analysis, analyse } from "../../core/analyse";
import type { HeaderTable } from "../../core/export/header";
import { headerTable } from "../../core/export/index";
import { type Facts, noFacts } from "../../core/facts";

/** The tables of the published procedure, and the one whose two slots are equal. */
export const publishedCsv = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
app0, app, ota_0, 0x10000, 0x140000
app1, app, ota_1, 0x150000, 0x180000
vfs, data, fat, 0x2d0000, 0x100000
`;
export const balancedCsv = `nvs, data, nvs, 0x9000, 0x5000
otadata, data, ota, 0xe000, 0x2000
ota_0, app, ota_0, 0x10000, 0x180000
ota_1, app, ota_1, 0x190000, 0x180000
vfs, data, fat, 0x310000, 0xf0000
`;

/** Bytes one character each, as the export reads headers: CRLF and foreign encodings stay visible. */
export const headerFixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/headers/${name}`, import.meta.url), "latin1");

export const analysisOf = (csv: string, facts: Partial<Facts> = {}): Analysis =>
  analyse(csv, { ...noFacts, ...facts });

export function tableOf(csv: string, facts: Partial<Facts> = {}): HeaderTable {
  const table = headerTable(analysisOf(csv, facts));
  if (!table.ok) throw new Error(table.message);
  return table.value;
}
