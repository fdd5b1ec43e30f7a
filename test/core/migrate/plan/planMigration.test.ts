import { describe, expect, it } from "vitest";
import type { StepId } from "../../../../core/migrate/plan/plan";
import { planMigration } from "../../../../core/migrate/plan/planMigration";
import { stockNames, stockTables } from "../stockTables";
import { balancedTarget, type Given, inputOf, planOf, publishedTarget, routeOf } from "./plans";

/** Each step as `id published-steps: apps that could be started after it`. */
const checkRoute = (given: Given, steps: readonly string[]): void =>
  expect(
    routeOf(given).steps.map(
      ({ id, published, bootable }) =>
        `${id} ${published.join()}: ${bootable.map(({ image, slot }) => `${image} ${slot}`).join(", ")}`,
    ),
  ).toEqual(steps);

const checkTurns = (given: Given, pointOfNoReturn: StepId): void =>
  expect(routeOf(given)).toMatchObject({ hazardWindow: "write-table", pointOfNoReturn });

const checkProblems = (given: Given, problems: readonly string[]): void =>
  expect(planOf(given).problems.map(({ id, severity, message }) => `${severity} ${id}: ${message}`)).toEqual(
    problems,
  );

const numbers = (given: Given) => new Set(routeOf(given).steps.flatMap(({ published }) => published));

describe("the published procedure", () => {
  it("from ota_1: the repartitioner arrives where it runs", () =>
    checkRoute({ from: "app1" }, [
      "deliver-repartitioner 1,2: firmware app1, repartitioner app0",
      "start-repartitioner 3: repartitioner app0, firmware app1",
      "check-device 4,5,6: repartitioner app0, firmware app1",
      "confirm-repartitioner : repartitioner app0, firmware app1",
      "erase-filesystem 9: repartitioner app0, firmware app1",
      "verify-table 9: repartitioner app0, firmware app1",
      "write-table 9: repartitioner app0, firmware app1",
      "reset 9: repartitioner app0, firmware app1",
      "check-target 10: repartitioner app0, firmware app1",
      "download-micropython 11: repartitioner app0, micropython app1",
      "select-micropython 12: micropython app1, repartitioner app0",
      "first-start 13: micropython app1, repartitioner app0",
    ]));

  it("from ota_0: the repartitioner copies itself, over the firmware", () =>
    checkRoute({ from: "app0" }, [
      "deliver-repartitioner 1,2: firmware app0, repartitioner app1",
      "start-repartitioner 3: repartitioner app1, firmware app0",
      "check-device 4,5,6: repartitioner app1, firmware app0",
      "confirm-repartitioner : repartitioner app1, firmware app0",
      "copy-to-runner 7: repartitioner app1, repartitioner app0",
      "start-from-runner 8: repartitioner app0, repartitioner app1",
      "erase-filesystem 9: repartitioner app0, repartitioner app1",
      "verify-table 9: repartitioner app0, repartitioner app1",
      "write-table 9: repartitioner app0, repartitioner app1",
      "reset 9: repartitioner app0, repartitioner app1",
      "check-target 10: repartitioner app0, repartitioner app1",
      "download-micropython 11: repartitioner app0, micropython app1",
      "select-micropython 12: micropython app1, repartitioner app0",
      "first-start 13: micropython app1, repartitioner app0",
    ]));

  it("says where a bootloader with rollback would go back, and what the writing of the table needs", () => {
    const { steps } = routeOf({ from: "app0" });
    const step = (wanted: StepId) => steps.find(({ id }) => id === wanted);
    expect(step("check-device")?.powerLoss.during).toContain(
      "A bootloader with rollback starts the firmware",
    );
    expect(step("start-from-runner")?.does).toContain("no rollback touches");
    expect(step("write-table")?.precondition).toContain("option for dangerous writes in its sdkconfig");
  });

  it("all 13 steps are covered; a second download is needed from ota_0 only", () => {
    const all = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
    expect([...numbers({ from: "app0" })]).toEqual(all);
    expect([...numbers({ from: "app1" })]).toEqual(all.filter((number) => number !== 7 && number !== 8));
  });

  it("from an unknown slot there is a route for each", () =>
    expect(planOf({}).routes.map(({ start }) => start)).toEqual(["app0", "app1"]));

  it("what it erases and writes, figure by figure", () =>
    expect(
      routeOf({ from: "app1" })
        .steps.flatMap(({ flash }) => flash)
        .map(({ kind, offset, size }) => `${kind} 0x${offset.toString(16)} 0x${size.toString(16)}`),
    ).toEqual([
      "erase 0x10000 0x140000",
      "write 0x10000 0xdbba0",
      "erase 0xe000 0x1000",
      "write 0xe000 0x20",
      "erase 0xe000 0x1000",
      "write 0xe000 0x20",
      "erase 0x2d0000 0x130000",
      "erase 0x8000 0x1000",
      "write 0x8000 0xc00",
      "erase 0x150000 0x180000",
      "write 0x150000 0x165810",
      "erase 0xe000 0x1000",
      "write 0xe000 0x20",
      "erase 0x2d0000 0x3000",
      "write 0x2d0000 0x3000",
    ]));

  it("what is downloaded", () =>
    expect(routeOf({ from: "app0" }).steps.flatMap(({ network }) => (network ? [network] : []))).toEqual([
      { image: "repartitioner", bytes: 900_000 },
      { image: "micropython", bytes: 1_464_336 },
    ]));

  it("what becomes of what it loses", () =>
    checkProblems({}, [
      "warning migration-files-lost: spiffs is erased (1.44 MB lost). Fetch from the devices what is still needed.",
      "warning migration-no-self-update: MicroPython cannot update itself over the air later: it has 1,464,336 bytes, and 'app0' only 1,310,720 bytes.",
    ]));
});

describe("the point of no return", () => {
  it("from ota_0 the copy overwrites the firmware", () => checkTurns({ from: "app0" }, "copy-to-runner"));
  it("from ota_1 that stays, MicroPython does", () => checkTurns({ from: "app1" }, "download-micropython"));
  it("from ota_1 that moves, nothing finds it any more", () =>
    checkTurns({ from: "app1", target: balancedTarget }, "write-table"));

  const { table } = stockTables["ESP-IDF two_ota"];
  const target = table.replace(
    "ota_1, app, ota_1, , 1M",
    "ota_1, app, ota_1, , 0x180000\nvfs, data, fat, , 0x70000",
  );
  it("the firmware in the factory partition is still there at the end, but its table is not", () => {
    checkTurns({ source: table, target, from: "factory" }, "write-table");
    expect(routeOf({ source: table, target, from: "factory" }).steps.at(-1)?.bootable).toEqual([
      { image: "micropython", slot: "ota_1" },
      { image: "repartitioner", slot: "ota_0" },
      { image: "firmware", slot: "factory" },
    ]);
  });
});

describe("what a power loss means", () => {
  const lossOf = (given: Given, id: StepId) => routeOf(given).steps.find((step) => step.id === id)?.powerLoss;

  it("in the hazard window: the only step that leaves nothing to start", () =>
    expect(lossOf({ from: "app0" }, "write-table")).toEqual({
      during:
        "The device has no partition table, and there is no second one: it does not start any more until somebody writes a table by a cable.",
      after: "The device starts the repartitioner from 'app0'.",
    }));

  it("while an image arrives: the other one starts", () => {
    expect(lossOf({ from: "app1" }, "deliver-repartitioner")).toEqual({
      during: "The device starts the firmware of today from 'app1'. The update begins again.",
      after: "The device starts the firmware of today from 'app1'.",
    });
    expect(lossOf({ from: "app1" }, "download-micropython")?.during).toBe(
      "The device starts the repartitioner from 'app0'. It finds the target table and downloads again.",
    );
  });

  it("while Tasmota's safeboot writes the only slot: safeboot starts", () => {
    const { table } = stockTables["Tasmota with safeboot"];
    const target = table.replace("spiffs, data, spiffs", "vfs, data, fat");
    expect(
      lossOf({ source: table, target, from: "app0", repartitioner: 800_000 }, "deliver-repartitioner")
        ?.during,
    ).toBe(
      "The device starts the app that is in its factory partition from 'safeboot'. The update begins again.",
    );
  });
});

describe("the table that is built in RAM", () => {
  it.each([
    [true, "5 rows, the MD5 row, FF up to its end"],
    [false, "5 rows, no MD5 row, FF up to its end"],
  ])("with MD5 row: %s", (md5Row, words) => {
    const input = inputOf({ from: "app0" });
    const [route] = planMigration({ ...input, facts: { ...input.facts, md5Row } }).routes;
    expect(route?.steps.find(({ id }) => id === "verify-table")?.does).toContain(words);
  });
});

describe("durations and wear", () => {
  const stepOf = (id: StepId) => routeOf({ from: "app0" }).steps.find((step) => step.id === id);

  it("of the table sector: one erase and twelve pages, tried ten times at most", () =>
    expect(stepOf("write-table")).toMatchObject({
      seconds: { typical: 0.05, most: 4.36 },
      eraseCycles: { typical: 1, most: 10 },
    }));

  it("of 19 blocks of 64 KB", () =>
    expect(stepOf("erase-filesystem")?.seconds).toEqual({ typical: 2.85, most: 38 }));

  it("of what only reads", () =>
    expect(stepOf("check-device")).toMatchObject({
      seconds: { typical: 0, most: 0 },
      eraseCycles: { typical: 0, most: 0 },
    }));

  it("says where the ranges come from", () => expect(planOf({}).basis).toContain("They were not measured"));
});

describe("other numbers of slots", () => {
  it("otadata is settled before the table goes from four slots to two", () => {
    const { table, flash } = stockTables["Arduino m5stack 4 apps"];
    const target = table
      .split("\n")
      .filter((row) => !/^(ota_2|ota_3|spiffs|coredump)/.test(row))
      .concat("vfs, data, fat, 0xd00000, 3M")
      .join("\n");
    const { steps } = routeOf({ source: table, target, from: "ota_1", flash });
    expect(steps.map(({ id }) => id).slice(3, 8)).toEqual([
      "confirm-repartitioner",
      "copy-to-runner",
      "start-from-runner",
      "settle-otadata",
      "erase-filesystem",
    ]);
  });

  it("a factory app that runs is chosen by erasing otadata", () => {
    const { table } = stockTables["Tasmota with safeboot"];
    const target = table.replace("spiffs, data, spiffs", "vfs, data, fat");
    const { steps } = routeOf({ source: table, target, from: "safeboot", repartitioner: 800_000 });
    expect(steps.find(({ id }) => id === "start-from-runner")?.flash).toEqual([
      { kind: "erase", offset: 0xe000, size: 0x2000, what: "'otadata', all of it" },
    ]);
    expect(steps.some(({ id }) => id === "settle-otadata")).toBe(false);
  });
});

describe("refusals", () => {
  /** A single error, no routes; warnings beside it do not matter. */
  const checkRefusal = (given: Given, problem: string): void => {
    const { problems, routes } = planOf(given);
    const errors = problems.filter(({ severity }) => severity === "error");
    expect(errors.map(({ id, message }) => `${id}: ${message}`)).toEqual([problem]);
    expect(routes).toEqual([]);
  };

  it("the slot that runs moves", () =>
    checkRefusal(
      { target: publishedTarget.replace("0x10000, 0x140000", "0x20000, 0x130000") },
      "migration-running-slot-moves: 'app0' runs the repartitioner and must stay at 0x10000: in the target table no app begins there, so the device does not start again. Keep its offset.",
    ));

  it("the slot that runs becomes another one", () =>
    checkRefusal(
      {
        target: publishedTarget.replace("ota_0", "ota_9").replace("ota_1", "ota_0").replace("ota_9", "ota_1"),
      },
      "migration-running-slot-moves: 'app0' at 0x10000 is 'app0' with another subtype in the target table, so otadata selects another slot after the change. Give it the subtype that it has.",
    ));

  it("otadata moves, or is not there", () => {
    checkRefusal(
      {
        target: publishedTarget
          .replace("0x9000, 0x5000", "0x9000, 0x4000")
          .replace("0xe000, 0x2000", "0xd000, 0x2000"),
      },
      "migration-otadata-moves: 'otadata' must stay at 0xe000, but lies at 0xd000 in the target table: the bootloader would choose the slot from what lies there, or never again. Keep it.",
    );
  });

  it("the repartitioner is larger than one of its slots", () =>
    checkRefusal(
      { repartitioner: 1_400_000 },
      "migration-repartitioner-too-large: The repartitioner has 1,400,000 bytes and does not fit 'app1' of 1,310,720 bytes: 89,280 bytes too many. Build it smaller.",
    ));

  it("MicroPython is larger than its slot, as 1.23 and later are", () =>
    checkRefusal(
      { micropython: 1_672_800 },
      "migration-micropython-too-large: MicroPython has 1,672,800 bytes and does not fit 'app1' of 1,572,864 bytes: 99,936 bytes too many. Make the slot larger or choose a smaller build.",
    ));

  it("the table ends beyond the flash", () =>
    checkRefusal(
      { target: publishedTarget.replace("0x130000", "0x140000") },
      "migration-table-end: 'vfs' ends at 0x410000, but the bootloader of the devices knows 4 MB of flash and refuses such a table: they do not start again. Make the table end at 0x400000 or before.",
    ));

  it("there is no filesystem", () =>
    checkRefusal(
      { target: publishedTarget.replace("vfs", "files") },
      "migration-no-filesystem: The target table has no partition called 'vfs', so it is not known what has to be erased for the files of MicroPython. Add one.",
    ));

  it("a rule refuses the target table", () =>
    checkRefusal(
      { target: publishedTarget.replace("0x2d0000, 0x130000", "0x2c0000, 0x130000") },
      "migration-target: The target table is wrong: 'vfs' at 0x2c0000 overlaps 'app1' (0x150000 to 0x2d0000) by 0x10000 (64 KB). Move it or shrink one of them.",
    ));

  it("MicroPython would overwrite the slot that runs", () =>
    checkRefusal(
      {
        source: stockTables["Arduino min_spiffs"].table,
        target: publishedTarget,
      },
      "migration-overwrites-running-slot: 'app1' lies over 'app0' of the source table (0x10000 to 0x1f0000), from which the repartitioner runs: it would erase itself. Move 'app1' behind it.",
    ));

  it("the devices take no update", () =>
    checkRefusal(
      { source: stockTables["Arduino huge_app"].table },
      "migration-source: The table has no two app slots between which an update could alternate, so the devices take no update over the air. Write MicroPython by a cable.",
    ));

  it("they run from where no app is", () =>
    checkRefusal(
      { from: "spiffs" },
      "migration-running-slot-unknown: No app can run from 'spiffs', because the source table has no such app partition. Name one that it has.",
    ));
});

describe("warnings", () => {
  it("nvs moves, shrinks or goes", () =>
    expect(
      planOf({ target: publishedTarget.replace("0x9000, 0x5000", "0x9000, 0x4000") }).problems.find(
        ({ id }) => id === "migration-nvs-moves",
      ),
    ).toEqual({
      id: "migration-nvs-moves",
      severity: "warning",
      message:
        "'nvs' (0x9000, 20 KB) moves, shrinks or goes, and with it what it holds, such as Wi-Fi credentials: MicroPython erases an nvs that it cannot read. Keep its offset and size.",
      partition: "nvs",
    }));

  it.each<[string, Given]>([
    ["app0", { from: "app0" }],
    ["app1", { from: "app1" }],
    ["either", {}],
  ])("an app slot where no app runs, from %s", (_, from) => {
    const source = stockTables["app1 beside 64 KB"].table;
    const target = balancedTarget.replace("0x10000, 0x180000", "0x10000, 0x17b000");
    const said = planOf({ source, target, ...from }).problems.filter(
      ({ id }) => id === "migration-slot-unmapped",
    );
    expect(said.map(({ partition }) => partition)).toEqual(["app1"]);
    expect(said[0]).toMatchObject({
      severity: "warning",
      message:
        "'app1' of the source table begins at 0x18b000, which is no multiple of 64 KB: no app runs from there, so the devices would not start the repartitioner in it and stay what they are. State the table that they really have.",
    });
  });

  it("no slot of a table that devices have", () => {
    const said = stockNames.filter((name) => {
      const { table, flash } = stockTables[name];
      return planOf({ source: table, flash }).problems.some(({ id }) => id === "migration-slot-unmapped");
    });
    expect(said).toEqual(["app1 beside 64 KB"]);
  });

  it("none of the balanced layout but the files", () =>
    checkProblems({ target: balancedTarget }, [
      "warning migration-files-lost: spiffs is erased (1.44 MB lost). Fetch from the devices what is still needed.",
    ]));
});
