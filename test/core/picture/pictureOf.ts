import { layoutRows } from "../../../core/edit/editText";
import type { LayoutRow } from "../../../core/edit/intent";
import { type Facts, noFacts } from "../../../core/facts";
import { diffTables } from "../../../core/migrate/diff";
import { micropythonSlot } from "../../../core/ota/micropythonSlot";
import { runningSlot } from "../../../core/ota/runningSlot";
import type { Picture } from "../../../core/picture/picture";
import { type Scene, sceneOf } from "../../../core/picture/scene";
import { parseCsv } from "../../../core/table/csv";
import { placeRows, readTable } from "../../../core/table/table";
import { parseFacts } from "../../support/parseFixture";

/** What Arduino-ESP32 puts on 4 MB, and what MicroPython needs of it. */
export const arduino = `
  nvs,     data, nvs,    0x9000,   0x5000
  otadata, data, ota,    0xe000,   0x2000
  app0,    app,  ota_0,  0x10000,  0x140000
  app1,    app,  ota_1,  0x150000, 0x140000
  spiffs,  data, spiffs, 0x290000, 0x170000`;

export const migrated = `
  nvs,     data, nvs,    0x9000,   0x5000
  otadata, data, ota,    0xe000,   0x2000
  app0,    app,  ota_0,  0x10000,  0x140000
  app1,    app,  ota_1,  0x150000, 0x180000
  vfs,     data, fat,    0x2d0000, 1M`;

/** Facts as the fixtures write them, on an ESP32. */
export const factsOf = (text: string): Facts => ({
  ...noFacts,
  primaryBootloaderOffset: 0x1000,
  ...(text === "" ? {} : parseFacts(text)),
});

export const rowsOf = (text: string, facts: Facts): LayoutRow[] =>
  layoutRows(readTable(parseCsv(text, facts.environment), facts));

/** The picture of a table as a host would make it. */
export function sceneOfText(text: string, facts: Facts): Scene {
  const rows = rowsOf(text, facts);
  const entries = placeRows(rows, facts);
  const running = runningSlot(entries)?.row;
  return sceneOf({
    rows,
    options: facts,
    binary: facts.micropython,
    slot: micropythonSlot({ entries })?.row,
    running,
  });
}

export function diffOfTexts(before: string, after: string, facts: Facts) {
  const rows = rowsOf(after, facts);
  const slot = micropythonSlot({ entries: placeRows(rows, facts) })?.row;
  return diffTables({ before: rowsOf(before, facts), after: rows, options: facts, slot });
}

/** With a source table before and after are compared. */
export function pictureOf(target: string, source?: string, facts = factsOf("flash=4MB")): Picture {
  const comparison =
    source === undefined
      ? undefined
      : { source: sceneOfText(source, facts), diff: diffOfTexts(source, target, facts) };
  return {
    title: "partitions.csv",
    scene: sceneOfText(target, facts),
    comparison,
    binary: facts.micropython,
  };
}
