import { castOf } from "../../migrate/plan/cast";
import { rolesOf } from "../../migrate/roles";
import { hex } from "../../text/units";
import type { SimulationCase } from "../cases/case";
import type { CaseVerdict } from "../report";
import type { Scenario } from "../scenario/scenario";
import { faultWords } from "../summary/badCases";
import { type Ending, verdictWords } from "../verdict";

/** How it ended, and how somebody recovers the device. */
export const narrativeOf = (
  scenario: Scenario,
  { faults }: SimulationCase,
  ending: Ending,
  verdict: CaseVerdict,
): readonly string[] => [
  ...faults.map((fault) => `${faultWords(fault)}.`),
  endWords(scenario, ending),
  verdictWords[verdict],
  ...remedy(scenario, ending, verdict),
];

function endWords({ config }: Scenario, { end, app, isRight, asks, meetsFirmware }: Ending): string {
  if (end === "no-boot")
    return "The bootloader finds no table, or no app in it that starts; it resets the chip and tries again, for ever.";
  if (end === "unknown-app") return "The bootloader starts an app that belongs to no step of the migration.";
  if (app === "micropython" && end === "idle")
    return isRight
      ? "MicroPython stands at its prompt, with a new filesystem."
      : "MicroPython runs, but not as planned: with another table, image or filesystem, not selected for good, or without what the devices keep.";
  if (app === "micropython")
    return `MicroPython says for ever that its filesystem is corrupted, because the first sector at ${hex(config.filesystemOffset)} is neither blank nor one that it made.`;
  if (end === "limit" && meetsFirmware)
    return "The firmware updates itself to the repartitioner, which goes back to the firmware, again and again.";
  if (app === "firmware" && end === "idle")
    return "The firmware of before runs, but the table that is there has no slot for an update.";
  if (app === "firmware") return "The firmware of before runs, and asks for its update again and again.";
  if (end === "limit") return "The repartitioner starts again and again without getting further.";
  return asks
    ? "The repartitioner tries again and again to reach the server."
    : "The repartitioner has given up and waits for ever; only a reset makes it try again.";
}

/** What to do by hand. */
function remedy({ input, config, setup }: Scenario, { app, end }: Ending, verdict: CaseVerdict): string[] {
  if (verdict === "bricked")
    return [
      `By a cable: write the target table to ${hex(config.tableOffset)} ('crossflash build' makes it, 'crossflash flash' writes it). The repartitioner is still in its slot, and goes on from there.`,
    ];
  if (verdict !== "stuck") return [];
  if (app === "micropython" && end !== "idle") {
    const roles = rolesOf(input.source.entries);
    const vfs = roles.ok ? castOf(input, roles.value).vfs : undefined;
    return [
      `By a cable: erase ${hex(vfs?.size ?? 0)} bytes at ${hex(config.filesystemOffset)} ('crossflash erase'); then MicroPython makes its filesystem at the next start.`,
      "Over the network nobody reaches it. For the other devices: a MicroPython whose frozen _boot.py formats what it cannot mount does not stop here.",
    ];
  }
  return app === "repartitioner"
    ? ["Switch the device off and on, with a server that answers. Where that is not possible: by a cable."]
    : [`By a cable: write MicroPython and its table to the ${setup.chip.name}.`];
}
