import { expect, test } from "vitest";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { ascii } from "../../support/bytes";
import { HARD_RESET, pullLines } from "../support/protocolClient";

const open = async () => {
  const board = virtualBoard();
  await board.port.open({ baudRate: 115200 });
  return board;
};

test("a closed port has no streams, an open one has", async () => {
  const { port } = virtualBoard();
  expect([port.readable, port.writable]).toEqual([null, null]);
  await port.open({ baudRate: 115200 });
  expect(port.readable).not.toBeNull();
  expect(port.writable).not.toBeNull();
});

test("every opening gives fresh streams", async () => {
  const { port } = await open();
  const before = [port.readable, port.writable];
  await port.close();
  await port.open({ baudRate: 115200 });
  expect(port.readable).not.toBe(before[0]);
  expect(port.writable).not.toBe(before[1]);
});

test("closing ends a read that waits, and may be repeated", async () => {
  const { port } = await open();
  const waiting = port.readable?.getReader().read();
  await port.close();
  await port.close();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("a write to a port that was closed fails", async () => {
  const { port } = await open();
  const writer = port.writable?.getWriter();
  writer?.closed.catch(() => undefined);
  await port.close();
  await expect(writer?.write(ascii("x"))).rejects.toThrow("The port has been closed.");
});

test("a cancelled reader leaves an open port, with a fresh stream that goes on", async () => {
  const { port } = await open();
  const first = port.readable;
  await first?.cancel();
  const second = port.readable;
  expect(second).not.toBe(first);
  await pullLines(port, HARD_RESET);
  const piece = await second?.getReader().read();
  expect(Buffer.from(piece?.value ?? []).toString("latin1")).toContain("ets Jul 29 2019");
});

test("a writer that was closed is replaced", async () => {
  const { port } = await open();
  const first = port.writable;
  await first?.getWriter().close();
  expect(port.writable).not.toBe(first);
  expect(port.writable?.locked).toBe(false);
});

test("an open port cannot be opened again", async () => {
  const { port } = await open();
  await expect(port.open({ baudRate: 9600 })).rejects.toThrow("The port is already open.");
});

test("signals and rates need an open port", async () => {
  const { port } = virtualBoard();
  await expect(port.setSignals({ requestToSend: true })).rejects.toThrow("The port is closed.");
  await expect(port.setBaudRate?.(9600)).rejects.toThrow("The port is closed.");
});
