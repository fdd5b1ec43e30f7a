import { ReadableStream } from "node:stream/web";
import { expect, test } from "vitest";
import { type Monitor, type MonitorOptions, monitor } from "../../../device/monitor";
import type { BoardPort } from "../../../device/port";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { blank } from "../../support/bytes";
import { MICROPYTHON_ROWS, makeBootloader, makeMicroPython, makeTable } from "../../support/imageFixture";
import { portWith } from "../support/oddPorts";
import { turn } from "../support/protocolClient";

const micropythonFlash = (): Uint8Array => {
  const flash = blank(0x400000);
  flash.set(makeBootloader({ idfVersion: "v5.2.2" }), 0x1000);
  flash.set(makeTable(MICROPYTHON_ROWS), 0x8000);
  flash.set(makeMicroPython(), 0x10000);
  return flash;
};

/** What is heard, with the meanings on lines of their own. */
const start = async (
  port: BoardPort,
  options: Partial<MonitorOptions> = {},
): Promise<{ readonly monitor: Monitor; heard(): Promise<string> }> => {
  let heard = "";
  const started = await monitor(port, {
    pause: turn,
    onText(text) {
      heard += text;
    },
    onMeaning({ severity, title }) {
      heard += `[${severity}: ${title}]\n`;
    },
    ...options,
  });
  return {
    monitor: started,
    async heard() {
      await turn();
      return heard;
    },
  };
};

test("a reset shows how the board starts, and says what is wrong", async () => {
  const { monitor, heard } = await start(virtualBoard({ revision: 300 }).port, { reset: true });
  expect(await heard()).toBe(`ets Jul 29 2019 12:21:46\r
\r
rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r
[information: The board was switched on, or reset by its pin]
invalid header: 0xffffffff\r
[error: There is no bootloader]
${"invalid header: 0xffffffff\r\n".repeat(3)}`);
  await monitor.close();
});

test("after another reset it is explained again", async () => {
  const { monitor, heard } = await start(virtualBoard().port, { reset: true });
  await heard();
  await monitor.reset();
  expect((await heard()).split("[error: There is no bootloader]")).toHaveLength(3);
  await monitor.close();
});

test("MicroPython's prompt is typed into", async () => {
  const { monitor, heard } = await start(virtualBoard({ flash: micropythonFlash() }).port, { reset: true });
  await Promise.all([monitor.write("print"), monitor.write("(1)\r")]);
  expect(await heard()).toMatch(/\[information: MicroPython \S+ runs\]\n[\s\S]*>>> print\(1\)\r\n>>> $/);
  await monitor.close();
});

test("characters that come in pieces are put together", async () => {
  const board = oneByOne("grün\n");
  const { monitor, heard } = await start(board);
  await monitor.ended;
  expect(await heard()).toBe("grün\n");
});

/** A port that gives a text byte by byte and then ends. */
const oneByOne = (text: string): BoardPort => ({
  ...virtualBoard().port,
  readable: new ReadableStream({
    start(controller) {
      for (const byte of new TextEncoder().encode(text)) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  }),
  open: async () => undefined,
  close: async () => undefined,
});

test("the port is closed with the monitor, however often", async () => {
  const { port } = virtualBoard();
  const { monitor } = await start(port);
  expect(port.readable).not.toBeNull();
  await monitor.close();
  await monitor.close();
  expect(port.readable).toBeNull();
  expect(await monitor.ended).toBeUndefined();
});

test("a signal ends it", async () => {
  const { port } = virtualBoard();
  const end = new AbortController();
  const { monitor } = await start(port, { signal: end.signal });
  end.abort();
  expect(await monitor.ended).toBeUndefined();
  expect(port.readable).toBeNull();
});

test("a signal that came before leaves nothing open", async () => {
  const { port } = virtualBoard();
  const { monitor } = await start(port, { signal: AbortSignal.abort() });
  expect(await monitor.ended).toBeUndefined();
  expect(port.readable).toBeNull();
});

test("a pulled cable ends it with a fault", async () => {
  const board = virtualBoard();
  const { monitor } = await start(board.port);
  board.unplug();
  expect(await monitor.ended).toMatchObject({
    kind: "lost",
    message: expect.stringContaining("did not come back"),
  });
  await expect(monitor.write("x")).rejects.toMatchObject({ kind: "lost" });
  await expect(monitor.reset()).rejects.toMatchObject({ kind: "lost" });
});

test("a board that comes back is heard again", async () => {
  const board = virtualBoard();
  const back: BoardPort = {
    ...board.port,
    get readable() {
      return board.port.readable;
    },
    async open(options) {
      board.plugIn();
      await board.port.open(options);
    },
  };
  const { monitor, heard } = await start(back);
  board.unplug();
  await turn();
  await monitor.reset();
  expect(await heard()).toContain("ets Jul 29 2019");
  await monitor.close();
});

test("a port that cannot be opened is a fault", async () => {
  const board = virtualBoard();
  board.unplug();
  await expect(start(board.port)).rejects.toMatchObject({ name: "BoardFault", kind: "gone" });
});

test("another rate is another rate", async () => {
  const { monitor, heard } = await start(virtualBoard().port);
  await monitor.setBaudRate(9600);
  await monitor.reset();
  expect(await heard()).not.toContain("ets Jul 29 2019");
  await monitor.close();
});

/** `dtr rts` of every change, on a port with these ids. */
const linesOf = async (usbVendorId: number, usbProductId: number): Promise<readonly string[]> => {
  const { port } = virtualBoard();
  const changes: string[] = [];
  const watched = portWith(port, {
    getInfo: () => ({ usbVendorId, usbProductId }),
    async setSignals({ dataTerminalReady, requestToSend }) {
      changes.push(`${dataTerminalReady} ${requestToSend}`);
    },
  });
  const { monitor } = await start(watched, { reset: true });
  await monitor.close();
  return changes;
};

test("only an app's own USB is told that somebody listens", async () => {
  const silent = ["false false", "false true", "false false"];
  expect(await linesOf(0x10c4, 0xea60)).toEqual(silent);
  expect(await linesOf(0x303a, 0x1001)).toEqual(silent);
  expect(await linesOf(0x303a, 0x4001)).toEqual(["true undefined", "true false", "true true", "true false"]);
});
