import { describe, expect, test } from "vitest";
import { isVirtual, virtualName } from "../../../device/ports/virtualName";

describe("a name says which chip the board has", () => {
  const checkChip = (path: string, chip: string): void =>
    test(path, () => expect(virtualName(path)).toMatchObject({ path, chip }));
  checkChip("virtual", "esp32");
  checkChip("virtual:desk", "esp32");
  checkChip("virtual:esp32", "esp32");
  checkChip("virtual:esp32s3", "esp32s3");
  checkChip("virtual:esp32s3-desk-2", "esp32s3");
  checkChip("virtual:esp32c6-1", "esp32c6");
  checkChip("virtual:esp32s3desk", "esp32");
  checkChip("virtual:my-esp32s3", "esp32");
});

describe("names that no board has", () => {
  const checkRefused = (path: string, part: string): void =>
    test(path, () => {
      const refused = expect.objectContaining({
        name: "BoardFault",
        kind: "gone",
        message: expect.stringContaining(part),
      });
      expect(() => virtualName(path)).toThrow(refused);
    });
  checkRefused("virtual:", "There is no virtual board ''");
  checkRefused("virtual:Desk", "a name has 1 to 32 of the characters a to z, 0 to 9 and '-'");
  checkRefused("virtual:../desk", "There is no virtual board '../desk'");
  checkRefused(`virtual:${"x".repeat(33)}`, "1 to 32");
  checkRefused("virtual:esp32h2-desk", "There is no virtual ESP32-H2.");
});

test("a name always has the same MAC, and no other name has it", () => {
  const paths = ["virtual", ...Array.from({ length: 100 }, (_, index) => `virtual:board-${index}`)];
  const macs = paths.map((path) => virtualName(path).mac);
  expect(new Set(macs).size).toBe(paths.length);
  expect(paths.map((path) => virtualName(path).mac)).toEqual(macs);
  expect(macs[0]).toBe("9a:4e:63:d8:9c:42");
  for (const mac of macs) expect(mac).toMatch(/^[0-9a-f][26ae](:[0-9a-f]{2}){5}$/);
});

test("only these paths are virtual", () => {
  expect(["virtual", "virtual:desk", "virtual:"].every(isVirtual)).toBe(true);
  expect(["/dev/ttyUSB0", "COM3", "virtually", "Virtual"].some(isVirtual)).toBe(false);
});
