import { expect, test } from "vitest";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import {
  HARD_RESET,
  INTO_LOADER,
  INTO_LOADER_BY_USB_JTAG,
  type LineStep,
  openClient,
  openStub,
  pullLines,
  turn,
} from "../support/protocolClient";

const USB_JTAG: VirtualBoardOptions = { chip: "esp32c3", connection: "usb serial jtag" };

test.each<{ what: string; board?: VirtualBoardOptions; steps: readonly LineStep[]; running: string }>([
  { what: "nothing pulled", steps: [], running: "flash" },
  { what: "the reset pin held", steps: [[false, true]], running: "reset" },
  { what: "both lines, as a terminal asserts them", steps: [[true, true]], running: "flash" },
  { what: "the way into the loader", steps: INTO_LOADER, running: "rom" },
  { what: "a hard reset", steps: [...INTO_LOADER, ...HARD_RESET], running: "flash" },
  { what: "IO0 held after the way into the loader", steps: INTO_LOADER.slice(0, 2), running: "rom" },
  { what: "the way of USB-Serial-JTAG on a bridge", steps: INTO_LOADER_BY_USB_JTAG, running: "flash" },
  { what: "the way of USB-Serial-JTAG", board: USB_JTAG, steps: INTO_LOADER_BY_USB_JTAG, running: "rom" },
  {
    what: "a hard reset over USB-Serial-JTAG",
    board: USB_JTAG,
    steps: [...INTO_LOADER_BY_USB_JTAG, ...HARD_RESET],
    running: "flash",
  },
  { what: "the way of a bridge over USB-Serial-JTAG", board: USB_JTAG, steps: INTO_LOADER, running: "flash" },
  {
    what: "a wish that was forgotten",
    board: USB_JTAG,
    steps: [[true, false], ...[[false, false] as const], ...HARD_RESET],
    running: "flash",
  },
])("$what leads to $running", async ({ board: options, steps, running }) => {
  const board = virtualBoard(options);
  await board.port.open({ baudRate: 115200 });
  await pullLines(board.port, steps);
  expect(board.running()).toBe(running);
});

test("one line after the other, without time in between, reaches the loader too: the reset pin rises slowly", async () => {
  const { port, running } = virtualBoard();
  await port.open({ baudRate: 115200 });
  await port.setSignals({ dataTerminalReady: false });
  await port.setSignals({ requestToSend: true });
  await turn();
  await port.setSignals({ dataTerminalReady: true });
  await port.setSignals({ requestToSend: false });
  await turn();
  expect(running()).toBe("rom");
});

test("a reset ends the stub", async () => {
  const board = virtualBoard();
  const client = await openStub(board.port);
  expect(board.running()).toBe("stub");
  await pullLines(board.port, INTO_LOADER);
  expect(board.running()).toBe("rom");
  expect(board.counters().resets).toBe(2);
  await client.close();
});

test.each<{ board: VirtualBoardOptions; steps: readonly LineStep[]; text: string }>([
  {
    board: {},
    steps: INTO_LOADER,
    text: "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n",
  },
  {
    board: { chip: "esp32c3" },
    steps: INTO_LOADER,
    text: "ESP-ROM:esp32c3-api1-20210207\r\nBuild:Feb  7 2021\r\nrst:0x1 (POWERON),boot:0x4 (DOWNLOAD(USB/UART0/1))\r\nwaiting for download\r\n",
  },
  {
    board: {},
    steps: HARD_RESET,
    text: `ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n${"invalid header: 0xffffffff\r\n".repeat(4)}`,
  },
])("$board.chip prints what its ROM prints", async ({ board: options, steps, text }) => {
  const { port } = virtualBoard(options);
  const client = await openClient(port);
  await pullLines(port, steps);
  expect(Buffer.from(await client.bytes()).toString("latin1")).toBe(text);
  await client.close();
});

test("a board that starts at 115200 is not readable at another rate", async () => {
  const { port } = virtualBoard();
  const client = await openClient(port, 74880);
  await pullLines(port, HARD_RESET);
  const text = Buffer.from(await client.bytes()).toString("latin1");
  expect(text.length).toBeGreaterThan(0);
  expect(text).not.toContain("ets Jul");
  await client.close();
});
