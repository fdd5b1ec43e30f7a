import { realpath } from "node:fs/promises";
import type { BoardPort } from "../port";
import { serialNode } from "../serialNode";
import type { ListedPort, SerialDriver } from "../serialNode/driver";
import type { PortInfo } from "./index";

/** Those behind which a board can be, in the order of their names. None where the system's list cannot be read. */
export const serialPorts = async (driver: SerialDriver): Promise<readonly PortInfo[]> =>
  (await driver.list().catch(() => []))
    .filter(canBeBoard)
    .map(described)
    .sort((a, b) => byName.compare(a.path, b.path));

/** A path may be a link to the one that is listed, as those below `/dev/serial/by-id` are. */
export const serialPort = async (path: string, driver: SerialDriver): Promise<BoardPort> => {
  const device = await realpath(path).catch(() => path);
  const ports = await driver.list().catch(() => []);
  return serialNode(path, {
    driver,
    listed: ports.map((port) => (port.path === device ? { ...port, path } : port)),
  });
};

/** ttyUSB2 before ttyUSB10. */
const byName = new Intl.Collator("en", { numeric: true });

/** Ports of the machine itself, of Bluetooth and of macOS's own devices have no USB ids. */
const NO_BOARD = /\/ttyS\d|\/rfcomm|Bluetooth|debug-console|wlan-debug|ACPI\\PNP05|BTHENUM/;

const canBeBoard = ({ path, pnpId, vendorId }: ListedPort): boolean =>
  vendorId !== undefined || !NO_BOARD.test(`${path} ${pnpId ?? ""}`);

const described = (port: ListedPort): PortInfo => ({
  path: port.path,
  kind: "serial",
  description: descriptionOf(port),
  usbVendorId: idOf(port.vendorId),
  usbProductId: idOf(port.productId),
  serialNumber: port.serialNumber,
});

const idOf = (hex: string | undefined): number | undefined =>
  hex === undefined ? undefined : Number.parseInt(hex, 16);

/** Names of what sits on boards, because only Windows tells them. Ids as `lsusb` prints them. */
const KNOWN: Readonly<Record<string, string>> = {
  "10c4:ea60": "CP210x USB to UART Bridge",
  "10c4:ea70": "CP2105 Dual USB to UART Bridge",
  "1a86:7523": "CH340 USB to UART Bridge",
  "1a86:55d3": "CH343 USB to UART Bridge",
  "1a86:55d4": "CH9102 USB to UART Bridge",
  "0403:6001": "FT232R USB to UART Bridge",
  "0403:6010": "FT2232H Dual USB to UART Bridge",
  "0403:6014": "FT232H USB to UART Bridge",
  "0403:6015": "FT231X USB to UART Bridge",
  "067b:2303": "PL2303 USB to UART Bridge",
  "303a:0002": "ESP32-S2 in its USB loader",
  "303a:1001": "USB JTAG and serial of the chip",
};

const descriptionOf = ({ vendorId, productId, friendlyName, manufacturer }: ListedPort): string =>
  friendlyName?.replace(/ \(COM\d+\)$/, "") ??
  KNOWN[`${vendorId}:${productId}`.toLowerCase()] ??
  manufacturer ??
  "Serial Port";
