import { expect, test } from "vitest";
import { type Role, roleOf, roleTitle } from "../../../core/picture/roles";

test.each<[number | undefined, number | undefined, string, Role]>([
  [0x00, 0x10, "ota_0", "app"],
  [0x00, undefined, "ota_0", "app"],
  [0x01, 0x00, "otadata", "otadata"],
  [0x01, 0x90, "tee_ota", "otadata"],
  [0x01, 0x02, "nvs", "nvs"],
  [0x01, 0x04, "keys", "nvs"],
  [0x01, 0x81, "x", "filesystem"],
  [0x01, 0x82, "x", "filesystem"],
  [0x01, 0x83, "x", "filesystem"],
  [0x01, 0x06, "vfs", "filesystem"],
  [0x01, 0x40, "ffat", "filesystem"],
  [0x01, 0x02, "vfs", "nvs"],
  [0x01, 0x06, "x", "data"],
  [0x01, 0x03, "coredump", "data"],
  [0x01, undefined, "vfs", "data"],
  [0x02, 0x01, "b", "bootloader"],
  [0x03, 0x01, "t", "table"],
  [0x40, 0x81, "vfs", "data"],
  [undefined, undefined, "vfs", "unknown"],
])("type %s, subtype %s, called %s: %s", (type, subtype, name, role) => {
  expect(roleOf(type, subtype, name)).toBe(role);
  expect(roleTitle[role]).not.toBe("");
});
