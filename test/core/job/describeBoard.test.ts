import { describe, expect, it } from "vitest";
import { boardLines } from "../../../core/job/boardLines";
import { type BoardState, readBoard } from "../../../core/job/boardState";
import { describeBoard } from "../../../core/job/describeBoard";
import { encodeOtadata, otadataSelecting, otaEntry } from "../../../core/ota/otadata";
import { blank, concat } from "../../support/bytes";
import {
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  type RowFixture,
} from "../../support/imageFixture";
import { board } from "./boards";

const ROWS: readonly RowFixture[] = [
  { label: "nvs", type: 1, subtype: 2, offset: 0x9000, size: 0x5000 },
  { label: "otadata", type: 1, subtype: 0, offset: 0xe000, size: 0x2000 },
  { label: "app0", type: 0, subtype: 0x10, offset: 0x10000, size: 0x140000 },
  { label: "app1", type: 0, subtype: 0x11, offset: 0x150000, size: 0x180000 },
];

const flash = (otadata = otadataSelecting(1, 2), rows = ROWS): Uint8Array => {
  const bytes = makeCombined({
    rows,
    bootloader: makeBootloader({ idfVersion: "v5.4" }),
    apps: {
      app0: makeApp({ projectName: "meter", version: "1.4.2", idfVersion: "v4.4.4" }),
      app1: makeMicroPython(),
    },
    flashOffset: 0,
    size: 0x400000,
  });
  if (rows === ROWS) bytes.set(otadata, 0xe000);
  return bytes;
};

const stateOf = (bytes: Uint8Array, depth: "heads" | "micropython" = "micropython"): BoardState =>
  readBoard({ chip: board().chip, depth, flashSize: 0x400000 }, [{ address: 0, bytes }]).state;

describe("a board is told", () => {
  it("whole, in lines", () => {
    expect(boardLines(board(), stateOf(flash())).join("\n")).toBe(`ESP32 24:6f:28:00:00:01, revision v3.0
  Flash       4 MB (id 0x164020)
  Security    flash encryption off, Secure Boot off
  Bootloader  ESP-IDF v5.4, for 4 MB of flash
  Table       at 0x8000, fingerprint d61a0bba9208, 4 partitions
  otadata     selects 'app1' (update 2)
  App         'app0': meter 1.4.2 (ESP-IDF v4.4.4)
  App         'app1': MicroPython v1.23.0 (ESP-IDF v5.0.4)
  Runs        MicroPython v1.23.0 (ESP-IDF v5.0.4) from 'app1'

  Name     Type  SubType  Offset    Size                Flags
  nvs      data  nvs      0x9000    0x5000 (20 KB)
  otadata  data  ota      0xe000    0x2000 (8 KB)
  app0     app   ota_0    0x10000   0x140000 (1.25 MB)
  app1     app   ota_1    0x150000  0x180000 (1.5 MB)`);
  });

  it("whole, as data that survives JSON", () => {
    const described = describeBoard(board(), stateOf(flash()));
    expect(JSON.parse(JSON.stringify(described))).toEqual(described);
    expect(described).toMatchObject({
      chip: "esp32",
      revision: 300,
      bootloader: { kind: "image", idfVersion: "v5.4", flashSize: 0x400000 },
      table: { kind: "found", tableOffset: 0x8000, fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/) },
      otadata: { selects: "app1", entries: [{ sequence: 1 + 1, isValid: true }, { isValid: false }] },
      apps: [
        { partition: "app0", project: "meter", version: "1.4.2", micropython: null },
        { partition: "app1", project: null, micropython: "v1.23.0" },
      ],
      runs: "app1",
    });
    expect(described.table.partitions[2]).toEqual({
      name: "app0",
      type: "app",
      subtype: "ota_0",
      offset: 0x10000,
      size: 0x140000,
      flags: "",
    });
  });

  const line = (bytes: Uint8Array, label: string, identity = board()): string | undefined =>
    boardLines(identity, stateOf(bytes)).find((text) => text.trim().startsWith(label));
  const damaged = (): Uint8Array => {
    const bytes = flash();
    bytes[0x8005] = 1;
    return bytes;
  };
  const loaderless = (): Uint8Array => flash().fill(0xff, 0x1000, 0x8000);
  const dear = board({
    revision: undefined,
    flashSize: undefined,
    flashId: undefined,
    security: { flashEncryption: "on", secureBoot: "unknown" },
  });

  it.each<[what: string, bytes: Uint8Array, label: string, said: string]>([
    ["a blank flash has no bootloader", blank(0x400000), "Bootloader", "blank"],
    ["a blank flash has no table", blank(0x400000), "Table", "none"],
    ["a blank flash runs nothing", blank(0x400000), "Runs", "nothing: no app was found"],
    ["nothing runs without a bootloader", loaderless(), "Runs", "nothing: there is no bootloader that could"],
    ["a damaged table says why", damaged(), "Table", "at 0x8000, damaged: "],
    ["noise is no bootloader", concat([new Uint8Array(0x2000), blank(0x1000)]), "Bootloader", "no image"],
    ["blank otadata selects the first slot", flash(blank(0x2000)), "otadata", "blank, which selects 'app0'"],
    [
      "otadata with a trial under way",
      flash(encodeOtadata([otaEntry(1, 2), otaEntry(2, 1)])),
      "otadata",
      "selects 'app1' (update 2, on trial)",
    ],
    [
      "no otadata in the table",
      flash(
        undefined,
        ROWS.filter(({ label }) => label !== "otadata"),
      ),
      "otadata",
      "none in the table",
    ],
    ["an app by its project", flash(), "App         'app0'", "meter 1.4.2 (ESP-IDF v4.4.4)"],
  ])("%s", (_, bytes, label, said) => {
    expect(line(bytes, label)).toContain(said);
  });

  it("with what could not be read, and what is protected", () => {
    expect(boardLines(dear, stateOf(flash())).slice(0, 3)).toEqual([
      "ESP32 24:6f:28:00:00:01",
      "  Flash       size unknown",
      "  Security    flash encryption ON, Secure Boot unknown",
    ]);
  });

  it("as unread while nobody has looked", () => {
    const { state } = readBoard({ chip: board().chip, depth: "heads" }, []);
    expect(describeBoard(board(), state)).toMatchObject({
      bootloader: { kind: "unread" },
      table: { kind: "unread", partitions: [] },
      otadata: null,
      runs: null,
    });
  });
});
