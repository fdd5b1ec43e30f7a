import { describe, expect, it } from "vitest";
import { type Effect, erase, log, type Program, restart, write } from "../../../core/sim/effect";
import type { RepartitionerConfig } from "../../../core/sim/repartitioner/config";
import { repartitioner } from "../../../core/sim/repartitioner/repartitioner";
import { endings, swept } from "../support/sweeps";

const SECTOR = 0x1000;

/** A simulator that finds nothing proves nothing: each of these repartitioners has one fault, and must be found out. */

type Mutant = (config: RepartitionerConfig) => Program;

/** What happens at one effect of the right repartitioner instead of it; undefined where nothing else happens. */
type Change = (effect: Effect, config: RepartitionerConfig) => Program | undefined;

const mutant =
  (change: Change): Mutant =>
  (config) =>
    changed(repartitioner(config), config, change);

function* changed(program: Program, config: RepartitionerConfig, change: Change): Program {
  for (let step = program.next(); !step.done; ) {
    const instead = change(step.value, config);
    if (instead) {
      yield* instead;
      step = program.next(true);
    } else step = program.next(yield step.value);
  }
}

function* nothing(): Program {}

const isErase = (effect: Effect, offset: number): boolean =>
  effect.kind === "erase" && effect.offset === offset;

/** The table before the place of the filesystem is erased. `looks`: at that place, when it finds the new table. */
const tableFirst =
  (looks: boolean): Mutant =>
  (config) => {
    let isEarly = false;
    return mutant((effect, { filesystemOffset }) => {
      if (!looks && isLookAtFiles(effect, config)) return nothing();
      if (isEarly || !isErase(effect, filesystemOffset)) return undefined;
      isEarly = true;
      return tableThen(effect, config);
    })(config);
  };

const isLookAtFiles = (effect: Effect, { filesystemOffset }: RepartitionerConfig): boolean =>
  effect.kind === "is-blank" && effect.offset === filesystemOffset && effect.size === SECTOR;

function* tableThen(effect: Effect, { tableOffset, targetTable }: RepartitionerConfig): Program {
  yield* log("crossflash: step=write-table result=started");
  yield* erase(tableOffset, targetTable.length);
  yield* write(tableOffset, targetTable);
  yield* log("crossflash: step=erase-filesystem result=started");
  yield effect;
}

/** The device is reset between the erase of the table and its write. */
const hasty = mutant((effect, { tableOffset }) =>
  effect.kind === "write" && effect.offset === tableOffset ? (restart() as Program) : undefined,
);

/** The filesystem area is taken for blank. */
const blind = mutant((effect, { filesystemOffset }) =>
  effect.kind === "is-blank" && effect.offset === filesystemOffset ? nothing() : undefined,
);

const NVS = 0x9000;
const OTADATA = 0xe000;
/** Of an entry of otadata. */
const STATE = 24;

/** What the firmware keeps is gone, although the partition stays. */
const careless = mutant((effect, { filesystemOffset }) =>
  isErase(effect, filesystemOffset) ? wipeNvs(effect) : undefined,
);

function* wipeNvs(effect: Effect): Program {
  yield* erase(NVS, SECTOR);
  yield effect;
}

/** MicroPython begins on trial: a bootloader with rollback, which this device has not, would take it away again. */
const onTrial = mutant((effect) =>
  effect.kind === "log" && effect.line.includes("step=select-micropython result=ok")
    ? beginTrial(effect)
    : undefined,
);

function* beginTrial(effect: Effect): Program {
  for (const sector of [0, SECTOR]) yield* write(OTADATA + sector + STATE, new Uint8Array(4));
  yield effect;
}

/** No mutant at all: the wrapping by itself changes nothing. */
const right = mutant(() => undefined);

/** It steps back into a state that never ends, and asks for nothing. */
const idle = mutant((effect) => (effect.kind === "connect" ? waitForEver() : undefined));

function* waitForEver(): Program {
  for (;;) yield { kind: "wait", milliseconds: 1000 };
}

function checkFound(program: Mutant, wanted: "bricked" | "stuck") {
  const report = swept({ schedule: "exhaustive", options: { repartitioner: program } });
  expect(report.conclusion.isAsDeclared).toBe(false);
  expect(endings(report)).toContain(wanted);
  const undeclared = report.starts.flatMap(({ hazard }) => hazard.undeclared);
  expect(
    undeclared.length + report.starts.filter(({ clean }) => clean.verdict !== "completes").length,
  ).toBeGreaterThan(0);
}

describe("a right repartitioner", () => {
  it("also looks at the place of the filesystem when it finds the new table: the order alone is not what saves it", () => {
    const report = swept({ schedule: "exhaustive", options: { repartitioner: tableFirst(true) } });
    expect(report.conclusion.isAsDeclared).toBe(true);
  });
});

describe("a wrong repartitioner is found out", () => {
  it("as the published one: the table before the erase, and no second look", () =>
    checkFound(tableFirst(false), "stuck"));
  it("that restarts while there is no table", () => checkFound(hasty, "bricked"));
  it("that does not erase the place of the filesystem", () => checkFound(blind, "stuck"));
  it("that gives up and says nothing", () => checkFound(idle, "stuck"));
  it("that wipes what the firmware keeps", () => checkFound(careless, "stuck"));
  it("that gives MicroPython to a bootloader on trial", () => checkFound(onTrial, "stuck"));
  it("but not one that is right, told once more", () => {
    const report = swept({ schedule: "exhaustive", options: { repartitioner: right } });
    expect(report.conclusion.isAsDeclared).toBe(true);
  });
});
