import { mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BoardFault } from "../../../device/flasher/fault";
import { boardPorts } from "../../../device/ports";
import type { ListedPort, SerialDriver } from "../../../device/serialNode/driver";
import { fakeDriver } from "../support/fakeDriver";

const FLASH_SIZE = 0x400000;
const NO_PORTS = fakeDriver([]);

const stateFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "crossflash-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "state");
};

const portsOf = (folder?: string) => boardPorts({ stateFolder: folder, driver: NO_PORTS });

/** Writes a byte into flash, past the loader. */
const tamper = (ports: ReturnType<typeof boardPorts>, path: string, value: number): void => {
  const board = ports.virtualBoard(path);
  if (!board) throw new Error(`${path} is not live.`);
  board.flash[0x1000] = value;
};

describe("virtual boards", () => {
  test("a path is always the same live board; two names are two boards", async () => {
    const ports = portsOf();
    expect(ports.virtualBoard("virtual")).toBeUndefined();
    const [one, again, other] = await Promise.all(
      ["virtual", "virtual", "virtual:desk"].map((path) => ports.port(path)),
    );
    expect(one).toBe(again);
    expect(other).not.toBe(one);
    tamper(ports, "virtual", 1);
    expect(ports.virtualBoard("virtual:desk")?.flash[0x1000]).toBe(0xff);
  });

  test("the chip is that of the name", async () => {
    const ports = portsOf();
    const port = await ports.port("virtual:esp32c3-desk");
    await port.open({ baudRate: 115200 });
    await port.setSignals({ requestToSend: true });
    await port.setSignals({ requestToSend: false });
    const piece = await port.readable?.getReader().read();
    expect(Buffer.from(piece?.value ?? []).toString("latin1")).toContain("ESP-ROM:esp32c3");
    await port.close();
  });

  test("its flash is there in the next process, and only what changed is kept", async () => {
    const folder = await stateFolder();
    const first = portsOf(folder);
    await Promise.all([first.port("virtual"), first.port("virtual:desk"), first.port("virtual:new")]);
    tamper(first, "virtual", 1);
    tamper(first, "virtual:desk", 2);
    await first.save();
    expect((await readdir(folder)).sort()).toEqual(["virtual-desk.bin", "virtual.bin"]);

    const second = portsOf(folder);
    await Promise.all([second.port("virtual"), second.port("virtual:desk")]);
    expect(second.virtualBoard("virtual")?.flash[0x1000]).toBe(1);
    expect(second.virtualBoard("virtual:desk")?.flash[0x1000]).toBe(2);
  });

  test("closing its port keeps it too", async () => {
    const folder = await stateFolder();
    const ports = portsOf(folder);
    const port = await ports.port("virtual");
    await port.open({ baudRate: 115200 });
    tamper(ports, "virtual", 7);
    await port.close();
    expect((await readFile(join(folder, "virtual.bin")))[0x1000]).toBe(7);
  });

  test("savings at the same time leave what came last", async () => {
    const folder = await stateFolder();
    const ports = portsOf(folder);
    await ports.port("virtual");
    tamper(ports, "virtual", 1);
    const first = ports.save();
    tamper(ports, "virtual", 2);
    await Promise.all([first, ports.save()]);
    expect((await readFile(join(folder, "virtual.bin")))[0x1000]).toBe(2);
    expect(await readdir(folder)).toEqual(["virtual.bin"]);
  });

  test("a file of another length is told, not used and not replaced", async () => {
    const folder = await stateFolder();
    const before = portsOf(folder);
    await before.port("virtual");
    tamper(before, "virtual", 1);
    await before.save();
    await writeFile(join(folder, "virtual.bin"), "short");
    const ports = portsOf(folder);
    await expect(ports.port("virtual")).rejects.toMatchObject({
      name: "BoardFault",
      kind: "refused",
      message: expect.stringMatching(
        /has 5 bytes instead of 4194304\. Delete it to begin with an erased board\.$/,
      ),
    });
    await ports.save();
    expect(await readFile(join(folder, "virtual.bin"), "utf8")).toBe("short");
    await rm(join(folder, "virtual.bin"));
    expect((await ports.port("virtual")).readable).toBeNull();
    expect(ports.virtualBoard("virtual")?.flash).toHaveLength(FLASH_SIZE);
  });

  test("a folder that cannot be written is told by save, and does not keep a port from closing", async () => {
    const folder = await stateFolder();
    const ports = portsOf(folder);
    const port = await ports.port("virtual");
    await port.open({ baudRate: 115200 });
    await writeFile(folder, "a file stands here");
    tamper(ports, "virtual", 1);
    await port.close();
    await expect(ports.save()).rejects.toMatchObject({
      kind: "refused",
      message: expect.stringContaining("cannot be kept for the next time"),
    });
  });
});

describe("what is listed", () => {
  test("the virtual board always, and those that are live or kept", async () => {
    const folder = await stateFolder();
    const before = portsOf(folder);
    await before.port("virtual:kept");
    tamper(before, "virtual:kept", 1);
    await before.save();
    await writeFile(join(folder, "virtual-esp32h2.bin"), "");
    const ports = portsOf(folder);
    await ports.port("virtual:esp32s3-desk");
    expect((await ports.list()).map(({ path, kind, description }) => [path, kind, description])).toEqual([
      ["virtual", "virtual", "Virtual Board"],
      ["virtual:esp32s3-desk", "virtual", "Virtual Board (ESP32-S3)"],
      ["virtual:kept", "virtual", "Virtual Board (ESP32)"],
    ]);
  });

  const checkListed = (what: string, port: ListedPort, description: string | undefined): void =>
    test(what, async () => {
      const [first] = await boardPorts({ driver: fakeDriver([port]) }).list();
      expect(first?.kind === "serial" ? first.description : undefined).toBe(description);
    });
  checkListed(
    "a bridge that is known",
    { path: "/dev/ttyUSB0", vendorId: "10C4", productId: "EA60" },
    "CP210x USB to UART Bridge",
  );
  checkListed(
    "the chip itself",
    { path: "/dev/cu.usbmodem1", vendorId: "303a", productId: "1001" },
    "USB JTAG and serial of the chip",
  );
  checkListed(
    "Windows has its own name",
    {
      path: "COM3",
      vendorId: "10C4",
      productId: "EA60",
      friendlyName: "Silicon Labs CP210x USB to UART Bridge (COM3)",
    },
    "Silicon Labs CP210x USB to UART Bridge",
  );
  checkListed(
    "an unknown bridge of a maker",
    { path: "/dev/ttyACM0", vendorId: "1234", productId: "5678", manufacturer: "Maker" },
    "Maker",
  );
  checkListed("a port of which nothing is known", { path: "/dev/ttyUSB0" }, "Serial Port");
  checkListed("a UART of a small computer", { path: "/dev/ttyAMA0" }, "Serial Port");
  checkListed("a port of the machine", { path: "/dev/ttyS0" }, undefined);
  checkListed("a port of the machine on Windows", { path: "COM1", pnpId: "ACPI\\PNP0501\\1" }, undefined);
  checkListed("Bluetooth on Windows", { path: "COM4", pnpId: "BTHENUM\\{00001101}" }, undefined);
  checkListed("Bluetooth on macOS", { path: "/dev/cu.Bluetooth-Incoming-Port" }, undefined);

  test("serial ports stand first, in the order of their numbers", async () => {
    const paths = ["/dev/ttyUSB10", "/dev/ttyUSB2", "/dev/ttyACM0"];
    const listed = await boardPorts({ driver: fakeDriver(paths.map((path) => ({ path }))) }).list();
    expect(listed.map(({ path }) => path)).toEqual([
      "/dev/ttyACM0",
      "/dev/ttyUSB2",
      "/dev/ttyUSB10",
      "virtual",
    ]);
  });

  test("with ids and serial number", async () => {
    const port = { path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60", serialNumber: "0001" };
    const [first] = await boardPorts({ driver: fakeDriver([port]) }).list();
    expect(first).toMatchObject({ usbVendorId: 0x10c4, usbProductId: 0xea60, serialNumber: "0001" });
  });
});

test("where the native part does not load there are still virtual boards, and a serial path tells why", async () => {
  const missing = async (): Promise<never> => {
    throw new BoardFault("refused", "Serial ports cannot be used on this machine.");
  };
  const driver: SerialDriver = { list: missing, open: missing };
  const ports = boardPorts({ driver });
  expect((await ports.list()).map(({ path }) => path)).toEqual(["virtual"]);
  const port = await ports.port("/dev/ttyUSB0");
  await expect(port.open({ baudRate: 115200 })).rejects.toThrow(
    "Serial ports cannot be used on this machine.",
  );
});

test("the ids of a port are known before it is opened", async () => {
  const driver = fakeDriver([{ path: "/dev/ttyACM0", vendorId: "303a", productId: "1001" }]);
  const port = await boardPorts({ driver }).port("/dev/ttyACM0");
  expect(port.getInfo()).toEqual({ usbVendorId: 0x303a, usbProductId: 0x1001 });
});

test("a link to a port has its ids", async (context) => {
  if (process.platform === "win32") return context.skip();
  const folder = await mkdtemp(join(await realpath(tmpdir()), "crossflash-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [device, link] = [join(folder, "ttyACM0"), join(folder, "usb-Espressif-if00")];
  await writeFile(device, "");
  await symlink(device, link);
  const driver = fakeDriver([{ path: device, vendorId: "303a", productId: "1001" }]);
  const port = await boardPorts({ driver }).port(link);
  expect(port.getInfo()).toEqual({ usbVendorId: 0x303a, usbProductId: 0x1001 });
});
