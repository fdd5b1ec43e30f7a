import { expect, it } from "vitest";
import { describeJob, jobLines, problemLines } from "../../../core/job/describe";
import { eraseBoard } from "../../../core/job/erase";
import { preflight } from "../../../core/job/preflight";
import { board, layoutJob, made } from "./boards";

it("a job is shown whole, in lines", () => {
  expect(jobLines(made(layoutJob())).join("\n")).toBe(`Flash this layout with MicroPython v1.23.0 (ESP32)

Address   Size     Action  What             Why
0x8000    0xc00    write   partition table  It tells bootloader and apps where everything lies.
0xe000    0x2000   write   otadata          It makes the bootloader start 'app1'.
0x150000  0x12340  write   app1             MicroPython v1.23.0 runs from here.
0x2d0000  0x2000   erase   vfs              MicroPython makes a new filesystem where the first 0x1000 bytes are blank.

83.8 KB are written. Erased are 0x8000 to 0x9000, 0xe000 to 0x10000, 0x150000 to 0x163000, 0x2d0000 to 0x2d2000.

Lost:
  'otadata' (8 KB at 0xe000) is rewritten: which app the board started until now is forgotten.
  The app in 'app1' (1.25 MB at 0x150000) is overwritten.
  The files in 'spiffs' (1.44 MB at 0x290000) are lost.

Kept:
  'nvs' (20 KB at 0x9000) is kept.
  'app0' (1.25 MB at 0x10000) is kept.`);
});

it("a job that only erases needs no table on the board", () => {
  expect(jobLines(made(eraseBoard(0x400000))).join("\n")).toBe(`Erase the whole flash

Address  Size      Action  What         Why
0x0      0x400000  erase   whole flash  Afterwards the board starts nothing until a bootloader, a table and an app are written.

Nothing is written. Erased are 0x0 to 0x400000.

Lost:
  Which partitions the board has is not known: whatever lies at 0x0 to 0x400000 is lost.

Kept:
  Everything else in the flash stays as it is.`);
});

it("a job as data survives JSON and holds no bytes", () => {
  const described = describeJob(made(layoutJob()));
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  expect(described).toMatchObject({ chip: "esp32", totalBytes: 0xc00 + 0x2000 + 0x12340 });
  expect(described.regions[2]).toMatchObject({
    address: 0x150000,
    size: 0x12340,
    action: "write",
    purpose: "app",
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(described.regions[3]).toMatchObject({ action: "erase", sha256: null });
  expect(describeJob(made(eraseBoard(0x1000))).chip).toBeNull();
});

it("problems are lines with their weight in front, the errors first", () => {
  const security = { flashEncryption: "unknown", secureBoot: "on" } as const;
  expect(
    problemLines(preflight(made(layoutJob()), board({ security }))).map((line) =>
      line.split(" ", 3).join(" "),
    ),
  ).toEqual(["error: Secure Boot", "warning: The board"]);
});
