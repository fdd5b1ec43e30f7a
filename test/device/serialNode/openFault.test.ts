import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { holdersOf } from "../../../device/serialNode/holders";
import { openFault } from "../../../device/serialNode/openFault";
import { type DeviceRights, rightsText } from "../../../device/serialNode/permission";

describe("what the system says, and what we say", () => {
  const checkFault = (words: string, kind: string, part: string, path = "/dev/no-such-port"): void =>
    test(words, async () => {
      const fault = await openFault({ path }, new Error(words), false);
      expect(fault).toMatchObject({ name: "BoardFault", kind, message: expect.stringContaining(part) });
    });
  checkFault(
    "Error: No such file or directory, cannot open /dev/no-such-port",
    "gone",
    "There is no port /dev/no-such-port.",
  );
  checkFault("Opening COM9: File not found", "gone", "There is no port COM9.", "COM9");
  checkFault("Error: No such device or address, cannot open", "gone", "There is no port");
  checkFault(
    "Error Resource temporarily unavailable Cannot lock port",
    "busy",
    "is in use by another program",
  );
  checkFault("Error: Device or resource busy, cannot open", "busy", "is in use by another program");
  checkFault("Error: Resource busy, cannot open /dev/cu.usbserial", "busy", "is in use by another program");
  checkFault("Opening COM3: Access denied", "busy", "COM3 is in use by another program", "COM3");
  checkFault("Error: Permission denied, cannot open", "forbidden", "You may not open /dev/no-such-port");
  checkFault(
    "Inappropriate ioctl for device setting custom baud rate of 115200",
    "gone",
    "is no serial port",
  );
  checkFault(
    "Error: Input/output error, cannot open",
    "refused",
    "could not be opened: Input/output error, cannot open.",
  );
});

describe("who is not allowed to", () => {
  const checkRights = (what: string, rights: Partial<DeviceRights>, text: string): void =>
    test(what, () => {
      const usual = {
        path: "/dev/ttyUSB0",
        group: "dialout",
        groupMay: true,
        user: "ada",
        isMember: false,
        vendorId: "10c4",
      };
      expect(rightsText({ ...usual, ...rights })).toContain(text);
    });
  checkRights("is not in the group", {}, "Run 'sudo usermod -aG dialout ada', then log out and in again.");
  checkRights("is in the group of another distribution", { group: "uucp" }, "sudo usermod -aG uucp ada");
  checkRights("has joined too late", { isMember: true }, "this session began before. Log out and in again.");
  checkRights("a file of root alone", { group: "root" }, `ATTRS{idVendor}=="10c4", TAG+="uaccess"`);
  checkRights("a group that may nothing", { groupMay: false }, "/etc/udev/rules.d/60-esp32.rules");
  checkRights("a port without ids", { group: undefined, vendorId: undefined }, "a udev rule gives it to you");
});

test("processes that have a device open are named", async (context) => {
  if (process.platform === "win32") return context.skip();
  const folder = await mkdtemp(join(tmpdir(), "crossflash-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const device = join(folder, "device");
  await writeFile(device, "");
  for (const [pid, name, target] of [
    ["1", "screen\n", device],
    ["2", "editor\n", "/elsewhere"],
    [`${process.pid}`, "node\n", device],
  ] as const) {
    await mkdir(join(folder, pid, "fd"), { recursive: true });
    await writeFile(join(folder, pid, "comm"), name);
    await symlink(target, join(folder, pid, "fd", "3"));
  }
  expect(await holdersOf(device, folder)).toEqual(["screen (process 1)", "Crossflash itself"]);
  expect(await holdersOf(device, join(folder, "nothing"))).toEqual([]);
});
