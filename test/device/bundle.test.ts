import { spawnSync } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { virtualChips } from "../../device/virtualBoard/chips";
import { optionsOf } from "../../scripts/buildOptions.mjs";
import { bundles } from "../../scripts/bundles.mjs";

/** Where nothing of this repository can be found by accident. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "crossflash-"));
  for (const bundle of bundles.filter(({ out }) => out.startsWith("dist/device/")))
    await build({ ...optionsOf(bundle), outfile: join(folder, bundle.out), logLevel: "error" });
  const native = "node_modules/@serialport/bindings-cpp/prebuilds";
  await cp(native, join(folder, "dist/prebuilds"), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a script in that folder, with the bundle as `device`; gives what it prints. */
const run = (script: string): string => {
  const text = `const device = require("./dist/device/index"); (async () => { ${script} })();`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", text], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
};

test("the bundle connects boards of every chip, with the stub that belongs to it", () => {
  const printed = run(`
    const ports = device.boardPorts();
    for (const chip of ${JSON.stringify(virtualChips)}) {
      const board = await device.connectBoard(await ports.port("virtual:" + chip));
      console.log(board.identity.chip.id, board.baudRate());
      await board.close();
    }`);
  expect(printed.trim().split("\n")).toEqual(virtualChips.map((chip) => `${chip} 921600`));
});

test("the native part is found beside it", () => {
  expect(
    run(`
      const port = await device.boardPorts().port("no-such-port");
      await port.open({ baudRate: 115200 }).catch(({ kind }) => console.log(kind));`),
  ).toBe("gone\n");
});
