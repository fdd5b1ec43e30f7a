import { expect, test } from "vitest";
import type { ListedPort } from "../../../device/serialNode/driver";
import { returnedPort } from "../../../device/serialNode/samePort";

const port = (path: string, serialNumber?: string, vendorId = "303a"): ListedPort => ({
  path,
  vendorId,
  serialNumber,
});
const LEFT = port("/dev/ttyACM0", "A");
const NEIGHBOUR = port("/dev/ttyACM5", "B");

const checkFound = (what: string, now: readonly ListedPort[], path: string | undefined): void =>
  test(what, () => expect(returnedPort(LEFT, [LEFT, NEIGHBOUR], now)?.path).toBe(path));

checkFound("nothing came", [NEIGHBOUR], undefined);
checkFound("it has its old path again", [NEIGHBOUR, LEFT], "/dev/ttyACM0");
checkFound("it has another path", [NEIGHBOUR, port("/dev/ttyACM1", "A")], "/dev/ttyACM1");
checkFound(
  "the loader of its ROM has another serial number",
  [NEIGHBOUR, port("/dev/ttyACM1", "0")],
  "/dev/ttyACM1",
);
checkFound(
  "two came, and one has its serial number",
  [port("/dev/ttyACM1", "C"), port("/dev/ttyACM2", "A")],
  "/dev/ttyACM2",
);
checkFound(
  "two came, and each could be it",
  [port("/dev/ttyACM1", "C"), port("/dev/ttyACM2", "D")],
  undefined,
);
checkFound("something of another maker came", [port("/dev/ttyUSB0", "A", "10c4")], undefined);
checkFound("a port without ids came", [{ path: "/dev/ttyS0" }], undefined);
