import { expect, test } from "vitest";
import { serialNode } from "../../../device/serialNode";
import { ascii } from "../../support/bytes";
import { fakeDriver } from "../support/fakeDriver";
import { turn } from "../support/protocolClient";

const BRIDGE = { path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60", serialNumber: "0001" };
const NATIVE = { path: "/dev/ttyACM0", vendorId: "303a", productId: "4001", serialNumber: "123456" };

const portOf = (listed = BRIDGE) => {
  const driver = fakeDriver([listed]);
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => pauses.push(milliseconds);
  return { driver, pauses, port: serialNode(listed.path, { driver, listed: [listed], pause }) };
};

test("a closed port has no streams and knows what it is", () => {
  const { port } = portOf();
  expect([port.readable, port.writable]).toEqual([null, null]);
  expect(port.getInfo()).toEqual({ usbVendorId: 0x10c4, usbProductId: 0xea60 });
});

test("every opening gives fresh streams", async () => {
  const { port } = portOf();
  await port.open({ baudRate: 115200 });
  const before = [port.readable, port.writable];
  await port.close();
  expect([port.readable, port.writable]).toEqual([null, null]);
  await port.open({ baudRate: 115200 });
  expect(port.readable).not.toBe(before[0]);
  expect(port.writable).not.toBe(before[1]);
});

test("a line that is not named stays as it is; opening raises both", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  await port.setSignals({ requestToSend: false });
  await port.setSignals({ dataTerminalReady: false });
  await port.setSignals({ requestToSend: true });
  expect(driver.log.slice(1)).toEqual(["lines true false", "lines false false", "lines false true"]);
});

test("a new rate waits until everything is sent", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  await port.setBaudRate?.(921600);
  expect(driver.log).toEqual(["open /dev/ttyUSB0 115200", "drain", "rate 921600"]);
});

test("bytes come as they arrive, and go in the order of the writes", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  const reader = port.readable?.getReader();
  const read = reader?.read();
  driver.arrive(ascii("one"));
  expect(await read).toEqual({ done: false, value: ascii("one") });
  const writer = port.writable?.getWriter();
  await Promise.all([writer?.write(ascii("a")), writer?.write(ascii("b"))]);
  expect(driver.written).toEqual([ascii("a"), ascii("b")]);
});

test("a stream that was cancelled takes no bytes with it", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  const first = port.readable;
  await turn();
  await first?.cancel();
  const next = port.readable?.getReader().read();
  driver.arrive(ascii("x"));
  expect((await next)?.value).toEqual(ascii("x"));
});

test("a pulled cable breaks both streams, and the port is closed", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  const reading = port.readable?.getReader().read();
  const writer = port.writable?.getWriter();
  driver.pull();
  await expect(reading).rejects.toMatchObject({ name: "NetworkError" });
  await expect(writer?.closed).rejects.toMatchObject({ name: "NetworkError" });
  expect([port.readable, port.writable]).toEqual([null, null]);
  await port.close();
  expect(driver.log).toEqual(["open /dev/ttyUSB0 115200", "close"]);
});

test("a write that finds nobody breaks the streams too", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  const reading = port.readable?.getReader().read();
  const writer = port.writable?.getWriter();
  const closed = expect(writer?.closed).rejects.toMatchObject({ name: "NetworkError" });
  await turn();
  driver.pullSilently();
  await expect(writer?.write(ascii("x"))).rejects.toBeDefined();
  await closed;
  await expect(reading).rejects.toMatchObject({ name: "NetworkError" });
});

test("lines of a board that has gone fail", async () => {
  const { driver, port } = portOf();
  await port.open({ baudRate: 115200 });
  driver.pull();
  await expect(port.setSignals({ requestToSend: true })).rejects.toMatchObject({ name: "NetworkError" });
});

test("signals, rates and a second opening", async () => {
  const { port } = portOf();
  await expect(port.setSignals({ requestToSend: true })).rejects.toThrow("The port is closed.");
  await expect(port.setBaudRate?.(9600)).rejects.toThrow("The port is closed.");
  await port.open({ baudRate: 115200 });
  await expect(port.open({ baudRate: 115200 })).rejects.toThrow("The port is already open.");
});

test("a port that never was open is not waited for", async () => {
  const { driver, pauses, port } = portOf();
  driver.ports = [];
  await expect(port.open({ baudRate: 115200 })).rejects.toMatchObject({
    name: "BoardFault",
    kind: "gone",
    message: expect.stringContaining("There is no port /dev/ttyUSB0."),
  });
  expect(pauses).toEqual([]);
});

test("a board that comes back under another path is found there", async () => {
  const { driver, pauses, port } = portOf(NATIVE);
  await port.open({ baudRate: 115200 });
  await port.close();
  driver.ports = [{ ...NATIVE, path: "/dev/ttyACM1", productId: "0002" }];
  await port.open({ baudRate: 115200 });
  expect(driver.log.slice(2)).toEqual(["open /dev/ttyACM0 115200", "open /dev/ttyACM1 115200"]);
  expect(pauses).toEqual([250]);
  expect(port.getInfo()).toEqual({ usbVendorId: 0x303a, usbProductId: 0x0002 });
});

test("udev may give the port to us later than the kernel makes it", async () => {
  const { driver, pauses, port } = portOf(NATIVE);
  await port.open({ baudRate: 115200 });
  await port.close();
  driver.refusals = [
    "Error: No such file or directory",
    "Error: Permission denied",
    "Error: Permission denied",
  ];
  await port.open({ baudRate: 115200 });
  expect(pauses).toHaveLength(3);
});

test("a board that does not come back is waited for five seconds", async () => {
  const { driver, pauses, port } = portOf(NATIVE);
  await port.open({ baudRate: 115200 });
  await port.close();
  driver.ports = [];
  await expect(port.open({ baudRate: 115200 })).rejects.toMatchObject({
    kind: "gone",
    message: expect.stringContaining("did not come back"),
  });
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(5000);
});

test("closing calls off the wait for a board that comes back", async () => {
  const { driver, port } = portOf(NATIVE);
  await port.open({ baudRate: 115200 });
  await port.close();
  driver.ports = [];
  const opening = port.open({ baudRate: 115200 });
  await port.close();
  await expect(opening).rejects.toMatchObject({ kind: "gone" });
  expect(driver.log.filter((event) => event.startsWith("open"))).toHaveLength(2);
});

test("a port that opens after it was closed is let go", async () => {
  const { driver, port } = portOf();
  const opening = port.open({ baudRate: 115200 });
  await port.close();
  await expect(opening).rejects.toMatchObject({ name: "AbortError" });
  expect(driver.log).toEqual(["open /dev/ttyUSB0 115200", "close"]);
});
