import { analyse } from "../../analyse";
import type { Severity } from "../../rules/rule";
import { endOf, type PartitionEntry } from "../../table/entry";
import { printTable } from "../../table/print";
import { DATA, NVS, OTADATA } from "../../table/subtypes";
import { hex, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import { diffTables } from "../diff";
import { entryRows } from "../entryRows";
import { arrivalSlot, type Roles } from "../roles";
import { overlaps } from "../solve/spaces";
import { selfUpdate } from "../solve/words";
import type { castOf } from "./cast";
import type { PlanInput, PlanProblem, PlanProblemId } from "./plan";

type Check = (subject: PlanSubject) => readonly PlanProblem[];

/** All that the checks look at. */
export interface PlanSubject {
  readonly input: PlanInput;
  readonly roles: Roles;
  readonly cast: ReturnType<typeof castOf>;
  /** The partitions from which the devices may run today. */
  readonly starts: readonly PartitionEntry[];
}

export const planProblem = (
  id: PlanProblemId,
  severity: Severity,
  message: string,
  partition?: string,
): PlanProblem => ({ id, severity, message, ...(partition === undefined ? {} : { partition }) });

export const problemsOf = (subject: PlanSubject): PlanProblem[] => checks.flatMap((check) => check(subject));

const checkRunner: Check = ({ input: { target }, roles: { runner }, cast }) => {
  if (cast.runner) return [];
  const other = target.find(({ type, offset }) => type === runner.type && offset === runner.offset);
  const message = other
    ? `'${runner.name}' at ${hex(runner.offset)} is '${other.name}' with another subtype in the target table, so otadata selects another slot after the change. Give it the subtype that it has.`
    : `'${runner.name}' runs the repartitioner and must stay at ${hex(runner.offset)}: in the target table no app begins there, so the device does not start again. Keep its offset.`;
  return [planProblem("migration-running-slot-moves", "error", message, runner.name)];
};

/** The bootloader would read the choice of the slot from where something else lay. */
const checkOtadata: Check = ({ input, roles: { otadata } }) => {
  const after = input.target.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (after?.offset === otadata.offset) return [];
  const where = after ? `lies at ${hex(after.offset)}` : "is missing";
  const message = `'${otadata.name}' must stay at ${hex(otadata.offset)}, but ${where} in the target table: the bootloader would choose the slot from what lies there, or never again. Keep it.`;
  return [planProblem("migration-otadata-moves", "error", message, otadata.name)];
};

const checkNvs: Check = ({ input: { source, target } }) =>
  source.entries
    .filter(({ type, subtype }) => type === DATA && subtype === NVS)
    .flatMap((nvs) => {
      const stays = target.some(
        ({ type, subtype, offset, size }) =>
          type === DATA && subtype === NVS && offset === nvs.offset && size >= nvs.size,
      );
      const message = `'${nvs.name}' (${hex(nvs.offset)}, ${sizeText(nvs.size)}) moves, shrinks or goes, and with it what it holds, such as Wi-Fi credentials: MicroPython erases an nvs that it cannot read. Keep its offset and size.`;
      return stays ? [] : [planProblem("migration-nvs-moves", "warning", message, nvs.name)];
    });

const checkEnd: Check = ({ input: { target, facts } }) => {
  const { flashSize = Number.POSITIVE_INFINITY } = facts;
  const [last] = target.toSorted((a, b) => endOf(b) - endOf(a));
  if (!last || endOf(last) <= flashSize) return [];
  const message = `'${last.name}' ends at ${hex(endOf(last))}, but the bootloader of the devices knows ${sizeText(flashSize)} of flash and refuses such a table: they do not start again. Make the table end at ${hex(flashSize)} or before.`;
  return [planProblem("migration-table-end", "error", message, last.name)];
};

/** The end of flash and the fit of the binary have their own words here. */
const OWN = ["flash-size", "micropython-fit"];

const checkRules: Check = ({ input: { source, target, facts } }) =>
  analyse(printTable(target), { ...facts, tableOffset: source.tableOffset })
    .problems.filter(({ id, severity }) => severity === "error" && !OWN.includes(id))
    .map(({ message }) => planProblem("migration-target", "error", `The target table is wrong: ${message}`));

const checkOverwriting: Check = ({ roles: { runner }, cast: { receiver, vfs } }) =>
  [receiver, vfs].flatMap((used) => {
    if (!used || !overlaps(used, runner)) return [];
    const message = `'${used.name}' lies over '${runner.name}' of the source table (${hex(runner.offset)} to ${hex(endOf(runner))}), from which the repartitioner runs: it would erase itself. Move '${used.name}' behind it.`;
    return [planProblem("migration-overwrites-running-slot", "error", message, used.name)];
  });

/** It arrives in one slot, runs from one, and is started there once more by the new table. */
const checkRepartitioner: Check = ({ input: { images }, roles, cast, starts }) => {
  const { size } = images.repartitioner;
  const slots = [...starts.map((start) => arrivalSlot(roles, start)), roles.runner, cast.runner];
  const [smallest] = slots.flatMap((slot) => (slot ? [slot] : [])).toSorted((a, b) => a.size - b.size);
  if (!smallest || size <= smallest.size) return [];
  const message = `The repartitioner has ${bytesText(size)} and does not fit '${smallest.name}' of ${bytesText(smallest.size)}: ${bytesText(size - smallest.size)} too many. Build it smaller.`;
  return [planProblem("migration-repartitioner-too-large", "error", message, smallest.name)];
};

const checkMicropython: Check = ({ input: { images }, cast: { receiver } }) => {
  const { size } = images.micropython;
  if (!receiver || size <= receiver.size) return [];
  const message = `MicroPython has ${bytesText(size)} and does not fit '${receiver.name}' of ${bytesText(receiver.size)}: ${bytesText(size - receiver.size)} too many. Make the slot larger or choose a smaller build.`;
  return [planProblem("migration-micropython-too-large", "error", message, receiver.name)];
};

/** MicroPython 1.26 and newer make one themselves, but nobody erases its place before. */
const checkFilesystem: Check = ({ cast: { vfs } }) =>
  vfs
    ? []
    : [
        planProblem(
          "migration-no-filesystem",
          "error",
          "The target table has no partition called 'vfs', so it is not known what has to be erased for the files of MicroPython. Add one.",
        ),
      ];

const checkFiles: Check = ({ input: { source, target, facts }, cast: { receiver } }) =>
  diffTables({
    before: entryRows(source.entries),
    after: entryRows(target),
    options: { ...facts, tableOffset: source.tableOffset },
    slot: receiver && target.indexOf(receiver),
  })
    .changes.filter(({ kind, bytesLost }) => kind === "erased" && bytesLost > 0)
    .filter(({ before = -1 }) => source.entries[before]?.type === DATA)
    .map(({ name, words }) =>
      planProblem(
        "migration-files-lost",
        "warning",
        `${words} Fetch from the devices what is still needed.`,
        name,
      ),
    );

const checkSelfUpdate: Check = ({ input: { target, images } }) => {
  const { isPossible, words } = selfUpdate(target, images.micropython.size);
  return isPossible ? [] : [planProblem("migration-no-self-update", "warning", words)];
};

const checks: readonly Check[] = [
  checkRunner,
  checkOtadata,
  checkEnd,
  checkOverwriting,
  checkRepartitioner,
  checkMicropython,
  checkFilesystem,
  checkRules,
  checkNvs,
  checkFiles,
  checkSelfUpdate,
];
