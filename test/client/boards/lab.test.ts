import { describe, expect, test } from "vitest";
import type { LabPort } from "../../../client/boards/lab";
import { calledIn, detailOf, labelOf } from "../../../client/boards/labels";
import { portNode } from "../../../client/boards/nodes";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { makeCombined, makeMicroPython } from "../../support/imageFixture";
import { fakeLab } from "./fakeLab";

const MAC = "24:0a:c4:00:00:01";
const withMicroPython = () =>
  virtualBoard({ flash: makeCombined({ flashOffset: 0, apps: { factory: makeMicroPython() } }) });

const shownAt = ({ lab }: ReturnType<typeof fakeLab>, path: string): LabPort => {
  const shown = lab.at(path);
  if (!shown) throw new Error(`${path} is not shown`);
  return shown;
};

describe("the lab", () => {
  test("lists ports without opening them, and says so once", async () => {
    const board = withMicroPython();
    const fake = fakeLab({ virtual: board });
    let changes = 0;
    fake.lab.onChange(() => {
      changes++;
    });
    await fake.lab.look();
    await fake.lab.look();
    expect(changes).toBe(1);
    expect(board.counters().resets).toBe(0);
    expect(shownAt(fake, "virtual").found).toBeUndefined();
  });

  test("knows a board once it was identified, and lets it run again", async () => {
    const board = withMicroPython();
    const fake = fakeLab({ virtual: board });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    expect(shownAt(fake, "virtual").found?.identity.mac).toBe(MAC);
    expect(board.running()).toBe("flash");
  });

  test("forgets a board whose port is gone", async () => {
    const fake = fakeLab({ virtual: withMicroPython(), "virtual:b": virtualBoard() });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    fake.plugged("virtual:b");
    await fake.lab.look();
    expect(fake.lab.at("virtual")).toBeUndefined();
    fake.plugged("virtual", "virtual:b");
    await fake.lab.look();
    expect(shownAt(fake, "virtual").found).toBeUndefined();
  });

  test("forgets a board when another one answers on its port", async () => {
    const board = virtualBoard({ faults: [{ kind: "other-board", atReset: 3, mac: "24:0a:c4:00:00:99" }] });
    const fake = fakeLab({ virtual: board });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    await fake.lab.use("virtual", { title: "Looking" }, async () => undefined);
    expect(shownAt(fake, "virtual").found).toBeUndefined();
  });

  test("refuses a second task on a port and names the first", async () => {
    const fake = fakeLab({ virtual: withMicroPython() });
    await fake.lab.look();
    const first = fake.lab.use("virtual", { title: "Flashing Desk" }, async () => undefined);
    await expect(fake.lab.identify("virtual")).rejects.toThrow(/virtual is in use: Flashing Desk/);
    expect(portNode(shownAt(fake, "virtual"))).toMatchObject({
      icon: "loading~spin",
      context: "busy",
      description: "Flashing Desk",
    });
    await first;
  });
});

describe("a line of the Boards view", () => {
  test("says where to find what nobody has identified", async () => {
    const fake = fakeLab({ virtual: virtualBoard() });
    await fake.lab.look();
    expect(portNode(shownAt(fake, "virtual"))).toMatchObject({
      label: "Virtual Board",
      description: "virtual",
      icon: "vm",
      context: "port",
      spoken: "Virtual Board, virtual, not identified",
      children: [],
    });
  });

  test("says what runs on a board", async () => {
    const fake = fakeLab({ virtual: withMicroPython() });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    const node = portNode(shownAt(fake, "virtual"));
    expect(node).toMatchObject({ context: "board", description: `virtual · ESP32 ${MAC}` });
    const facts = new Map(node.children.map(({ label, description }) => [label, description]));
    expect(facts.get("Runs")).toMatch(/^MicroPython v1\.23\.0 .*from 'factory'$/);
    expect(facts.get("Table")).toMatch(/^at 0x8000, fingerprint [0-9a-f]{12}, 4 partitions/);
    expect(facts.get("MAC")).toBe(MAC);
    expect([...facts.keys()]).toEqual([
      "Runs",
      "Chip",
      "MAC",
      "Flash",
      "Security",
      "Bootloader",
      "Table",
      "otadata",
      "App 'factory'",
    ]);
    expect(new Set(node.children.map(({ id }) => id)).size).toBe(node.children.length);
    expect(node.children.every(({ context }) => context === "fact")).toBe(true);
  });

  test("says that a job can be resumed, and that a task is on its way, before all that a narrow view cuts off", async () => {
    const fake = fakeLab({ virtual: withMicroPython() });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    fake.lab.forget("virtual");
    const shown = shownAt(fake, "virtual");
    expect(portNode(shown, { isUnfinished: true, isMonitored: true })).toMatchObject({
      description: `job not finished · virtual · ESP32 ${MAC}`,
      icon: "warning",
      context: "board unfinished monitored",
      children: [],
    });
    const task = { title: "Flashing Desk", share: 0.45 };
    expect(portNode({ ...shown, task }, { isUnfinished: true })).toMatchObject({
      description: "45 % Flashing Desk",
      context: "busy",
    });
  });

  test("has no line twice in its tooltip, and the port in it", async () => {
    const fake = fakeLab({ virtual: withMicroPython() });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    const lines = portNode(shownAt(fake, "virtual")).tooltip.split("\n");
    expect(lines[0]).toBe(`Virtual Board · virtual · ESP32 ${MAC}`);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test("warns of a board that nothing may be written to", async () => {
    const fake = fakeLab({ virtual: virtualBoard({ security: { flashEncryption: true } }) });
    await fake.lab.look();
    await fake.lab.identify("virtual");
    expect(portNode(shownAt(fake, "virtual")).icon).toBe("lock");
  });
});

describe("what a board is called", () => {
  const serial = { path: "COM3", kind: "serial", description: "CP2102" } as const;
  const virtual = { path: "virtual:b", kind: "virtual", description: "Virtual Board (ESP32)" } as const;

  function checkCalled(
    port: LabPort["port"],
    name: string | undefined,
    known: boolean,
    called: readonly string[],
  ) {
    test(called.join(" / "), async () => {
      const fake = fakeLab({ virtual: withMicroPython() });
      const found = known ? await fake.lab.identify("virtual") : undefined;
      const shown = { port, name, identity: found?.identity, found, task: undefined };
      expect([labelOf(shown), detailOf(shown), calledIn(shown)]).toEqual(called);
    });
  }

  checkCalled(serial, undefined, false, ["CP2102", "COM3", "COM3"]);
  checkCalled(serial, undefined, true, ["ESP32", `COM3 · ${MAC}`, `ESP32 ${MAC}`]);
  checkCalled(serial, "Desk", true, ["Desk", `COM3 · ESP32 ${MAC}`, `Desk (ESP32 ${MAC})`]);
  checkCalled(virtual, undefined, false, ["Virtual Board", "virtual:b", "virtual:b"]);
  checkCalled(virtual, undefined, true, [
    "Virtual Board",
    `virtual:b · ESP32 ${MAC}`,
    `Virtual Board (ESP32 ${MAC})`,
  ]);
});
