import type { ReadableStreamDefaultReader } from "node:stream/web";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import type { BoardPort } from "../../../device/port";
import { serialNode } from "../../../device/serialNode";
import { encodeSlip, slipDecoder } from "../../../device/slip";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { type BoardOnPty, onPty } from "../../../device/virtualBoard/onPty";
import { requestPacket } from "../../../device/virtualBoard/packet";
import { words } from "../../support/bytes";
import { SYNC_DATA } from "../support/protocolClient";
import { needsPython } from "../support/python";

/** Our port, the system's pseudo-terminal and the virtual board: nothing here is a double. */
const openPty = async (
  context: TestContext,
): Promise<{ readonly terminal: BoardOnPty; readonly port: BoardPort }> => {
  needsPython(context);
  const terminal = await onPty(virtualBoard().port);
  const port = serialNode(terminal.path);
  onTestFinished(async () => {
    await port.close();
    await terminal.close();
  });
  await port.open({ baudRate: 115200 });
  return { terminal, port };
};

const readerOf = (port: BoardPort): ReadableStreamDefaultReader<Uint8Array> => {
  if (!port.readable) throw new Error("The port is closed.");
  return port.readable.getReader();
};

const send = async (port: BoardPort, command: number, data: Uint8Array): Promise<void> => {
  const writer = port.writable?.getWriter();
  await writer?.write(encodeSlip(requestPacket(command, data)));
  writer?.releaseLock();
};

/** Waits for the answer to a command, and leaves the reader at the end of the piece that it came in. */
const answerTo = async (port: BoardPort, command: number): Promise<Uint8Array> => {
  const reader = readerOf(port);
  const decode = slipDecoder();
  try {
    for (;;) {
      const { value } = await reader.read();
      const answer = decode(value ?? new Uint8Array(0)).find((packet) => packet[1] === command);
      if (answer) return answer;
    }
  } finally {
    reader.releaseLock();
  }
};

test("the loader behind a pseudo-terminal answers SYNC", async (context) => {
  const { port } = await openPty(context);
  await send(port, 0x08, SYNC_DATA);
  expect(Buffer.from(await answerTo(port, 0x08)).toString("hex")).toBe("010804000707122000000000");
});

test("it is understood at any rate, because a pseudo-terminal has none", async (context) => {
  const { port } = await openPty(context);
  await send(port, 0x08, SYNC_DATA);
  await answerTo(port, 0x08);
  await send(port, 0x0f, words(460800, 0));
  await answerTo(port, 0x0f);
  await port.setBaudRate?.(460800);
  await send(port, 0x0a, words(0x40001000));
  expect(Buffer.from(await answerTo(port, 0x0a)).toString("hex")).toBe("010a0400831df00000000000");
});

test("a client may go and another one come", async (context) => {
  const { port, terminal } = await openPty(context);
  await port.close();
  const next = serialNode(terminal.path);
  await next.open({ baudRate: 115200 });
  await send(next, 0x08, SYNC_DATA);
  expect((await answerTo(next, 0x08))[1]).toBe(0x08);
  await next.close();
});

test("a pseudo-terminal has no lines, and nobody minds", async (context) => {
  const { port } = await openPty(context);
  await expect(port.setSignals({ requestToSend: true })).resolves.toBeUndefined();
});

test("a read that waits ends when the port is closed", async (context) => {
  const { port } = await openPty(context);
  await send(port, 0x08, SYNC_DATA);
  await answerTo(port, 0x08);
  const reader = readerOf(port);
  const end = (async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read());
    return "ended";
  })();
  await port.close();
  expect(await end).toBe("ended");
  expect([port.readable, port.writable]).toEqual([null, null]);
});

test("a terminal that goes away breaks the streams, and the port can be closed", async (context) => {
  const { port, terminal } = await openPty(context);
  const reader = readerOf(port);
  const lost = (async () => {
    for (;;) await reader.read();
  })();
  const failure = expect(lost).rejects.toMatchObject({ name: "NetworkError" });
  await terminal.close();
  await terminal.closed;
  await failure;
  await port.close();
  await expect(serialNode(terminal.path).open({ baudRate: 115200 })).rejects.toMatchObject({ kind: "gone" });
});

test("a port that is open says who has it", async (context) => {
  const { terminal } = await openPty(context);
  await expect(serialNode(terminal.path).open({ baudRate: 115200 })).rejects.toMatchObject({
    kind: "busy",
    message: expect.stringContaining(`${terminal.path} is in use by `),
  });
});

test("without Python the terminal says what to do", async (context) => {
  if (process.platform === "win32") context.skip();
  const { startPtyHelper } = await import("../../../device/virtualBoard/ptyHelper");
  await expect(startPtyHelper("no-such-python")).rejects.toMatchObject({
    kind: "refused",
    message: expect.stringContaining("needs Python 3 as 'no-such-python'"),
  });
});
