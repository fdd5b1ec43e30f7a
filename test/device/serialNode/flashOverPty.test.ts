import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { connectBoard } from "../../../device/flasher";
import { serialNode } from "../../../device/serialNode";
import { type VirtualBoard, virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { onPty } from "../../../device/virtualBoard/onPty";
import { needsPython, runs } from "../support/python";

interface Terminal {
  readonly board: VirtualBoard;
  readonly path: string;
}

const onTerminal = async (context: TestContext, options: VirtualBoardOptions = {}): Promise<Terminal> => {
  needsPython(context);
  const board = virtualBoard(options);
  const terminal = await onPty(board.port);
  onTestFinished(() => terminal.close());
  return { board, path: terminal.path };
};

/** Neither blank nor easy to compress, so that every block counts. */
const CONTENTS = Uint8Array.from({ length: 0x12000 }, (_, index) => (index * 7919) >> 3);

test("our flasher connects, reads and compares through the system's serial ports", async (context) => {
  const { board, path } = await onTerminal(context, { mac: "24:0a:c4:aa:bb:cc" });
  board.flash.set(CONTENTS, 0x10000);
  const connected = await connectBoard(serialNode(path), { start: "none" });
  expect(connected.identity.mac).toBe("24:0a:c4:aa:bb:cc");
  expect(connected.baudRate()).toBe(921600);
  expect(await connected.read({ address: 0x10000, size: CONTENTS.length })).toEqual(CONTENTS);
  await connected.close();
});

test("a board with native USB is found there, too", async (context) => {
  const { path } = await onTerminal(context, { chip: "esp32s3", connection: "usb serial jtag" });
  const connected = await connectBoard(serialNode(path), { start: "none" });
  expect(connected.identity.chip.id).toBe("esp32s3");
  await connected.close();
});

const ESPTOOLS = ["esptool", "esptool.py"];

const run = async (program: string, args: readonly string[]): Promise<string> => {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const [status] = await once(child, "close");
  expect(status, said).toBe(0);
  return said;
};

test("esptool writes and verifies", async (context) => {
  const esptool = ESPTOOLS.find((program) => runs(program, "version"));
  if (esptool === undefined) {
    console.log("Skipped, because there is no esptool: esptool writes and verifies");
    return context.skip();
  }
  const { board, path } = await onTerminal(context);
  const folder = await mkdtemp(join(tmpdir(), "crossflash-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "app.bin");
  await writeFile(file, CONTENTS);
  const usual = ["--port", path, "--chip", "esp32", "--before", "no_reset", "--after", "no_reset"];
  expect(await run(esptool, [...usual, "write_flash", "0x10000", file])).toContain("Hash of data verified.");
  expect(board.flash.subarray(0x10000, 0x10000 + CONTENTS.length)).toEqual(CONTENTS);
  await run(esptool, [...usual, "verify_flash", "0x10000", file]);
});
