import { describe, expect, it } from "vitest";
import type { BoardIdentity, PresentBoard } from "../../../core/job/board";
import { otherBoard } from "../../../core/job/board";
import { eraseBoard, eraseRegion } from "../../../core/job/erase";
import { flashCombined } from "../../../core/job/flashCombined";
import type { FlashJob } from "../../../core/job/job";
import { preflight, stops } from "../../../core/job/preflight";
import { restoreFieldState } from "../../../core/job/restoreFieldState";
import { writePartition } from "../../../core/job/writePartition";
import { blankEntry, otadataSelecting, otaEntry } from "../../../core/ota/otadata";
import type { Result } from "../../../core/result";
import { blank, pattern } from "../../support/bytes";
import {
  type AppFixture,
  makeApp,
  makeBootloader,
  makeCombined,
  makeMicroPython,
  makeTable,
  sealAgain,
} from "../../support/imageFixture";
import { board, chipOf, layoutJob, MICROPYTHON, made, present, SOURCE, TARGET } from "./boards";

const found = (
  job: Result<FlashJob, string>,
  changes: Partial<BoardIdentity> = {},
  known: PresentBoard = {},
): string[] => preflight(made(job), board(changes), known).map(({ id, severity }) => `${severity} ${id}`);

const messages = (
  job: Result<FlashJob, string>,
  changes: Partial<BoardIdentity> = {},
  known: PresentBoard = {},
): string =>
  preflight(made(job), board(changes), known)
    .map(({ message }) => message)
    .join("\n");

const field = (csv = SOURCE, app: AppFixture = {}, changes = {}) =>
  restoreFieldState({
    source: { ...present(csv), md5Row: true },
    app: { name: "field.bin", bytes: makeApp(app) },
    start: { kind: "blank" },
    ...changes,
  });
const withBootloader = (fixture: Parameters<typeof makeBootloader>[0]) =>
  field(SOURCE, {}, { bootloader: { name: "b.bin", bytes: makeBootloader(fixture) } });
const combined = (fixture: Parameters<typeof makeCombined>[0] = {}) =>
  flashCombined({ name: "c.bin", bytes: makeCombined(fixture) });
const partition = (name: string, bytes: Uint8Array, csv = SOURCE) =>
  writePartition(present(csv), name, { name: "f.bin", bytes });

/** An app whose header asks for these chip revisions. */
function withRevisions(min: number, max: number): Uint8Array {
  const app = makeApp();
  new DataView(app.buffer).setUint16(15, min, true);
  new DataView(app.buffer).setUint16(17, max, true);
  return sealAgain(app);
}

describe("nothing stands against", () => {
  it.each<[string, Result<FlashJob, string>]>([
    ["a layout", layoutJob()],
    ["a field state", field()],
    ["a field state with its bootloader", withBootloader({})],
    ["a combined image", combined()],
    ["a partition", partition("spiffs", pattern(100, 1))],
    ["erasing everything", eraseBoard(0x400000)],
    ["erasing a region", eraseRegion({ address: 0x1000, size: 0x1000 })],
  ])("%s", (_, job) => expect(found(job)).toEqual([]));

  it.each(["esp32s2", "esp32s3", "esp32c3", "esp32c6", "esp32p4"] as const)(
    "a combined image on its own chip, %s",
    (chip) => {
      expect(found(combined({ chip }), { chip: chipOf(chip) })).toEqual([]);
    },
  );
});

describe("a board is refused", () => {
  it.each<[string, Result<FlashJob, string>, Partial<BoardIdentity>, string[]]>([
    ["of another chip", layoutJob(), { chip: chipOf("esp32c3") }, ["error wrong-chip", "error image-chip"]],
    [
      "of a chip that loads its bootloader from elsewhere",
      combined({ chip: "esp32s3" }),
      {},
      ["error wrong-chip", "error bootloader-offset", "error image-chip", "error image-chip"],
    ],
    [
      "with too little flash",
      layoutJob(),
      { flashSize: 0x200000 },
      ["error flash-too-small", "error table-beyond-flash", "warning image-flash-size"],
    ],
    ["whose flash is smaller than what is erased", eraseBoard(0x800000), {}, ["error flash-too-small"]],
    ["whose flash size is not known", layoutJob(), { flashSize: undefined }, ["error flash-size-unknown"]],
    [
      "that is encrypted",
      layoutJob(),
      { security: { flashEncryption: "on", secureBoot: "off" } },
      ["error flash-encryption"],
    ],
    [
      "that is encrypted, even for erasing",
      eraseBoard(0x400000),
      { security: { flashEncryption: "on", secureBoot: "on" } },
      ["error flash-encryption", "error secure-boot"],
    ],
    ["of too old a revision", partition("app0", withRevisions(301, 0)), {}, ["error image-revision"]],
  ])("%s", (_, job, changes, expected) => expect(found(job, changes)).toEqual(expected));

  it("but only doubted where it says nothing of its protections, or is newer than the app knows", () => {
    expect(found(layoutJob(), { security: { flashEncryption: "unknown", secureBoot: "off" } })).toEqual([
      "warning security-unknown",
    ]);
    expect(found(partition("app0", withRevisions(0, 299)))).toEqual(["warning image-revision"]);
    expect(found(partition("app0", withRevisions(301, 0)), { revision: undefined })).toEqual([]);
  });
});

describe("a file is refused", () => {
  const bootloader = makeBootloader();
  it.each<[string, Result<FlashJob, string>, string[], string]>([
    [
      "larger than its slot",
      partition("app0", makeApp({ size: 0x150000 })),
      ["error too-large"],
      "65536 too many",
    ],
    ["larger than its partition", partition("nvs", blank(0x5001)), ["error too-large"], "1 too many"],
    [
      "larger than otadata",
      field(SOURCE.replace("ota,    0xe000,   0x2000", "ota,    0xe000,   0x1000")),
      ["error too-large"],
      "4096 too many",
    ],
    ["that is no image, for an app", partition("app0", pattern(100, 1)), ["error image"], "does not start"],
    ["that is damaged", partition("app0", makeApp().slice(0, -1)), ["error image"], "cut off"],
    [
      "that is a combined image, for an app",
      partition("app0", makeCombined()),
      ["error image-kind"],
      "is no app",
    ],
    [
      "that is an app, for a bootloader",
      field(SOURCE, {}, { bootloader: { name: "b", bytes: makeApp() } }),
      ["error image-kind"],
      "a bootloader belongs there",
    ],
    [
      "that is another chip's bootloader",
      withBootloader({ chip: "esp32c3" }),
      ["error image-chip"],
      "built for ESP32-C3",
    ],
    [
      "that is a bootloader for more flash",
      withBootloader({ flashSize: "16MB" }),
      ["error image-flash-size"],
      "built for 16 MB",
    ],
    [
      "that is a bootloader for less flash than the table needs",
      withBootloader({ flashSize: "2MB" }),
      ["error table-beyond-flash"],
      "believes that the flash ends at 0x200000",
    ],
    [
      "for an app slot where no app can lie",
      partition("app0", makeApp(), SOURCE.replace("0x10000, ", "0x11000, ")),
      ["error app-alignment"],
      "multiples of 0x10000",
    ],
  ])("%s", (_, job, expected, words) => {
    expect(found(job).filter((text) => !text.startsWith("warning"))).toEqual(expected);
    expect(messages(job)).toContain(words);
    expect(stops(preflight(made(job), board()))).toBe(true);
  });

  it("that is a bootloader in place of nothing else", () => {
    const job = made(field(SOURCE, {}, { bootloader: { name: "b", bytes: bootloader } }));
    const moved = job.regions.map((region) =>
      region.purpose === "bootloader" ? { ...region, address: 0 } : region,
    );
    expect(preflight({ ...job, regions: moved }, board()).map(({ id }) => id)).toEqual(["bootloader-offset"]);
  });

  it("with an app for more flash than there is, only with a warning", () => {
    expect(found(field(SOURCE, { flashSize: "16MB" }))).toEqual(["warning image-flash-size"]);
  });
});

describe("a table", () => {
  it.each<[string, string, string[]]>([
    [
      "with an overlap is what devices live with",
      SOURCE.replace("0x290000, 0x170000", "0x28f000, 0x171000"),
      ["warning table-rule"],
    ],
    [
      "that ends behind the flash is refused",
      SOURCE.replace("0x170000", "0x171000"),
      ["error table-beyond-flash"],
    ],
    ["without otadata is doubted", SOURCE.replace(/^otadata.*\n/m, ""), ["warning otadata-missing"]],
  ])("%s", (_, csv, expected) =>
    expect(found(field(csv)).filter((text) => !text.includes("start"))).toEqual(expected),
  );

  it("that is damaged is refused", () => {
    const job = made(field());
    const regions = job.regions.map((region) =>
      region.kind === "write" && region.purpose === "table"
        ? { ...region, bytes: pattern(0xc00, 1) }
        : region,
    );
    expect(preflight({ ...job, regions }, board()).map(({ id }) => id)).toEqual(["table"]);
  });

  it("must fit what the bootloader on the board believes", () => {
    expect(found(layoutJob(), {}, { bootloader: { flashSize: 0x200000 } })).toEqual([
      "error table-beyond-flash",
    ]);
    expect(found(layoutJob(), {}, { bootloader: { flashSize: 0x400000 } })).toEqual([]);
    expect(found(withBootloader({}), {}, { bootloader: { flashSize: 0x200000 } })).toEqual([]);
  });
});

it("a table for another place than the one that the bootloader reads is doubted, unless a bootloader comes too", () => {
  const elsewhere = { table: { ...present(), tableOffset: 0x9000 } };
  expect(found(field(), {}, elsewhere)).toContain("warning table-elsewhere");
  expect(messages(field(), {}, elsewhere)).toContain("goes to 0x8000, but the board has one at 0x9000");
  expect(found(withBootloader({}), {}, elsewhere)).not.toContain("warning table-elsewhere");
  expect(found(field(), {}, { table: present() })).not.toContain("warning table-elsewhere");
});

it.each(["nvs", "a,b", "#c"])(
  "a table with which no device starts is refused, once, with the name %s",
  (label) => {
    const bytes = makeTable([{ label, type: 1, subtype: 2, offset: 0x9000, size: 0x5000 }]);
    const job = made(field());
    const regions = job.regions.map((region) =>
      region.kind === "write" && region.purpose === "table" ? { ...region, bytes } : region,
    );
    expect(preflight({ ...job, regions }, board()).map(({ id, severity }) => `${severity} ${id}`)).toEqual([
      "error table-rule",
      "warning no-partition",
    ]);
  },
);

describe("what starts afterwards", () => {
  const app = makeApp();
  const [first, second] = [otaEntry(1), otaEntry(2)];
  const known = (otadata: PresentBoard["otadata"], csv = SOURCE): PresentBoard => ({
    table: present(csv),
    otadata,
  });

  it.each<[string, string, PresentBoard, string[]]>([
    ["the app that is written", "app1", known([first, second]), []],
    ["another one", "app0", known([first, second]), ["warning starts-other"]],
    ["ota_0 while otadata is blank", "app1", known([blankEntry, blankEntry]), ["warning starts-other"]],
    ["what is not known is not held against it", "app1", known(undefined), []],
    [
      "whatever is first without otadata",
      "app1",
      known(undefined, SOURCE.replace(/^otadata.*\n/m, "")),
      ["warning otadata-missing", "warning starts-other"],
    ],
  ])("%s", (_, name, now, expected) => expect(found(partition(name, app), {}, now)).toEqual(expected));

  it("is what otadata of the job says, not that of the board", () => {
    const job = made(layoutJob());
    const selecting = (slot: number) => ({
      ...job,
      regions: job.regions.map((region) =>
        region.purpose === "otadata" ? { ...region, bytes: otadataSelecting(slot, 2) } : region,
      ),
    });
    for (const now of [known([first, second]), known([first, blankEntry])]) {
      expect(preflight(selecting(1), board(), now)).toEqual([]);
      expect(preflight(selecting(0), board(), now).map(({ id }) => id)).toEqual(["starts-other"]);
    }
  });

  it("is nothing where the table has no app", () => {
    const job = partition("spiffs", pattern(10, 1));
    expect(found(job, {}, { table: { tableOffset: 0x8000, entries: [] } })).toEqual([]);
    expect(found(partition("app1", app), {}, { table: { tableOffset: 0x8000, entries: [] } })).toEqual([
      "error no-app",
      "warning no-partition",
    ]);
  });

  it("is nothing without a bootloader", () => {
    expect(found(layoutJob(), {}, { bootloader: "none" })).toEqual(["warning bootloader-missing"]);
    expect(found(combined(), {}, { bootloader: "none" })).toEqual([]);
    expect(found(eraseBoard(0x400000), {}, { bootloader: "none" })).toEqual([]);
  });
});

describe("the last gate", () => {
  it("refuses regions that no maker would have let pass", () => {
    const job = made(layoutJob());
    const regions = [...job.regions, ...job.regions];
    expect(preflight({ ...job, regions }, board())[0]).toMatchObject({ id: "regions", severity: "error" });
  });

  it("says that a backup is another board's", () => {
    const job = { ...made(combined()), backupOf: "24:6F:28:00:00:01" };
    expect(preflight(job, board())).toEqual([]);
    expect(preflight(job, board({ mac: "24:6f:28:00:00:02" })).map(({ id }) => id)).toEqual(["other-board"]);
  });

  it("knows a board by its MAC, not by its port", () => {
    expect(otherBoard(board(), board({ mac: "24:6F:28:00:00:01", revision: 1 }))).toBeUndefined();
    expect(otherBoard(board(), board({ mac: "24:6f:28:00:00:02" }))).toContain(
      "ESP32 24:6f:28:00:00:02, but ESP32 24:6f:28:00:00:01",
    );
    expect(otherBoard(board(), board({ chip: chipOf("esp32c3") }))).toContain("ESP32-C3");
  });

  it("lets a target table pass with MicroPython made for it", () => {
    const bytes = makeMicroPython({ size: 0x180000 });
    expect(found(layoutJob(TARGET, { micropython: { ...MICROPYTHON, bytes } }))).toEqual([]);
  });
});
