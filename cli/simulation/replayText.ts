import type {
  CaseReplay,
  ReplayedLife,
  ReplayedOperation,
  ReplayedRegion,
  SimulatedApp,
} from "../../core/sim/report";
import { counted, hex } from "../../core/text/units";
import { type Line, styled } from "../report/line";
import { fenced } from "./reportText";

/** One case for people: what the device prints, what was cut, what flash holds, how it goes on. */
export const replayLines = (replay: CaseReplay): readonly Line[] => [
  [styled("strong", replay.id), `: ${replay.verdict}`],
  "",
  ...replay.lives.flatMap(lifeLines),
  ...(replay.around.length === 0
    ? []
    : [[styled("strong", "The operations around each cut")], ...replay.around.map(operationLine), ""]),
  [styled("strong", "What the flash holds at the end")],
  ...replay.flash.map(regionLine),
  "",
  ...replay.narrative,
];

export const replayMarkdown = (replay: CaseReplay): string =>
  `# ${replay.id}\n\n${fenced(replayLines(replay))}`;

const appWords: Readonly<Record<SimulatedApp, string>> = {
  firmware: "the firmware",
  repartitioner: "the repartitioner",
  micropython: "MicroPython",
  bootloader: "the bootloader",
};

const endWords: Readonly<Record<ReplayedLife["end"], string>> = {
  restart: "it restarts",
  cut: "POWER FAILS",
  idle: "it is done",
  waiting: "it goes on like this for ever",
  "no-boot": "the bootloader starts nothing and resets",
  "unknown-app": "nobody knows this app",
  limit: "it comes to no end",
};

const lifeLines = ({ number, app, from, end, log, operations, leftOut }: ReplayedLife): readonly Line[] => [
  [
    styled("strong", `Start ${number + 1}`),
    app ? `: ${appWords[app]}${from === undefined ? "" : ` from '${from}'`}` : ": no app",
    `, ${counted(operations, "operation")}`,
  ],
  ...log.map((line) => `    ${line}`),
  ...(leftOut === 0 ? [] : [[styled("faint", `    (${counted(leftOut, "line")} left out)`)]]),
  [styled(end === "cut" || end === "no-boot" ? "error" : "faint", `    (${endWords[end]})`)],
  "",
];

function operationLine({ index, op, offset, size, place, step, app, cut }: ReplayedOperation): Line {
  const where = place === undefined ? "" : ` '${place}'`;
  const text = `${String(index).padStart(7)} ${op} ${hex(size)} at ${hex(offset)}${where} (${step ?? app})`;
  return cut === undefined ? text : [`${text} `, styled("error", `<- POWER FAILS: ${cut}`)];
}

const regionLine = ({ name, offset, size, holds }: ReplayedRegion): string =>
  `    ${hex(offset).padStart(8)} ${hex(size).padStart(8)}  ${name.padEnd(16)} ${holds}`;
