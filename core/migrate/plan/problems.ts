import { analyse } from "../../analyse";
import type { Severity } from "../../rules/rule";
import { endOf } from "../../table/entry";
import { printTable } from "../../table/print";
import { hex, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import {
  lostData,
  movedNvs,
  movedOtadata,
  movedRunner,
  overwrittenRunner,
  type PairFault,
  readonlyPlaces,
  tooLargeRepartitioner,
  unmappedSlots,
} from "../pairFaults";
import { selfUpdate } from "../solve/words";
import type { TablePair } from "../tablePair";
import type { PlanInput, PlanProblem, PlanProblemId } from "./plan";

type Check = (subject: PlanSubject) => readonly PlanProblem[];

/** All that the checks look at. */
export interface PlanSubject extends TablePair {
  readonly input: PlanInput;
}

export const planProblem = (
  id: PlanProblemId,
  severity: Severity,
  message: string,
  partition?: string,
): PlanProblem => ({ id, severity, message, ...(partition === undefined ? {} : { partition }) });

export const problemsOf = (subject: PlanSubject): PlanProblem[] => checks.flatMap((check) => check(subject));

const faults =
  (id: PlanProblemId, severity: Severity, find: (subject: PlanSubject) => readonly PairFault[]): Check =>
  (subject) =>
    find(subject).map(({ message, before, after }) =>
      planProblem(id, severity, message, (before ?? after)?.name),
    );

const checkEnd: Check = ({ input: { target, facts } }) => {
  const { flashSize = Number.POSITIVE_INFINITY } = facts;
  const [last] = target.toSorted((a, b) => endOf(b) - endOf(a));
  if (!last || endOf(last) <= flashSize) return [];
  const message = `'${last.name}' ends at ${hex(endOf(last))}, but the bootloader of the devices knows ${sizeText(flashSize)} of flash and refuses such a table: they do not start again. Make the table end at ${hex(flashSize)} or before.`;
  return [planProblem("migration-table-end", "error", message, last.name)];
};

/** The end of flash and the fit of the binary have their own words here. */
const OWN = ["flash-size", "micropython-fit"];

/** The rules over the pair are checked above, with the images of the plan. */
const checkRules: Check = ({ input: { source, target, facts } }) =>
  analyse(printTable(target), { ...facts, tableOffset: source.tableOffset, source: undefined })
    .problems.filter(({ id, severity }) => severity === "error" && !OWN.includes(id))
    .map(({ message }) => planProblem("migration-target", "error", `The target table is wrong: ${message}`));

/** What the project of the repartitioner holds is what the devices get, whatever is planned. */
const checkProject: Check = ({ input: { source, target, facts } }) =>
  analyse(printTable(target), { ...facts, tableOffset: source.tableOffset, source: source.entries })
    .problems.filter(({ id, severity }) => severity === "warning" && /^(header|sdkconfig)-/.test(id))
    .map(({ message }) => planProblem("migration-project", "warning", message));

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

const checkSelfUpdate: Check = ({ input: { target, images } }) => {
  const { isPossible, words } = selfUpdate(target, images.micropython.size);
  return isPossible ? [] : [planProblem("migration-no-self-update", "warning", words)];
};

const checks: readonly Check[] = [
  faults("migration-running-slot-moves", "error", movedRunner),
  faults("migration-otadata-moves", "error", movedOtadata),
  checkEnd,
  faults("migration-overwrites-running-slot", "error", overwrittenRunner),
  faults("migration-repartitioner-too-large", "error", (subject) =>
    tooLargeRepartitioner(subject, subject.input.images.repartitioner.size),
  ),
  checkMicropython,
  checkFilesystem,
  checkRules,
  faults("migration-slot-unmapped", "warning", unmappedSlots),
  faults("migration-readonly-place", "warning", readonlyPlaces),
  faults("migration-nvs-moves", "warning", movedNvs),
  faults("migration-files-lost", "warning", (subject) =>
    lostData(subject, { ...subject.input.facts, tableOffset: subject.input.source.tableOffset }),
  ),
  checkSelfUpdate,
  checkProject,
];
