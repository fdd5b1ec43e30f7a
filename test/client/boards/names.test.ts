import { describe, expect, test } from "vitest";
import { nameFault, withName } from "../../../client/boards/names";

const names = { "24:6f:28:00:00:01": "Desk" };

describe("the name of a board", () => {
  function checkFault(mac: string, text: string, fault: RegExp | undefined): void {
    test(`${JSON.stringify(text)} for ${mac} is ${fault ? "refused" : "taken"}`, () => {
      const found = nameFault(names, mac, text);
      if (fault) expect(found).toMatch(fault);
      else expect(found).toBeUndefined();
    });
  }

  checkFault("24:6f:28:00:00:02", "Window", undefined);
  checkFault("24:6f:28:00:00:01", "desk", undefined);
  checkFault("24:6f:28:00:00:02", "", undefined);
  checkFault("24:6f:28:00:00:02", " desk ", /24:6f:28:00:00:01 is called 'Desk' already/);
  checkFault("24:6f:28:00:00:02", "a\u0007b", /cannot be seen/);
  checkFault("24:6f:28:00:00:02", "a\u202eb", /cannot be seen/);
  checkFault("24:6f:28:00:00:02", "x".repeat(41), /41 characters/);

  test("is kept without the blanks around it, and an empty one takes it away", () => {
    const two = withName(names, "24:6f:28:00:00:02", " Window ");
    expect(two).toEqual({ ...names, "24:6f:28:00:00:02": "Window" });
    expect(withName(two, "24:6f:28:00:00:01", " ")).toEqual({ "24:6f:28:00:00:02": "Window" });
  });
});
