import { revisionText } from "../../core/job/board";
import {
  appText,
  bootloaderText,
  flashText,
  otadataText,
  runsText,
  securityText,
  tableText,
} from "../../core/job/boardLines";
import { describeBoard } from "../../core/job/describeBoard";
import type { FoundBoard } from "../../device/flows/flashFlow";
import { shareText } from "../../device/flows/meter";
import type { LabPort } from "./lab";
import { calledIn, detailOf, labelOf } from "./labels";

/** A line of the Boards view. */
export interface BoardNode {
  /** The same for the same thing, so that what is open stays open. */
  readonly id: string;
  /** Of the port that it belongs to. */
  readonly path: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon. */
  readonly icon: string;
  /** Names of the states for the menus' `when`: `port`, `board`, `busy` or `fact`. */
  readonly context: "port" | "board" | "busy" | "fact";
  /** What a screen reader says. */
  readonly spoken: string;
  readonly children: readonly BoardNode[];
}

/** One port with what is known of the board on it. */
export function portNode(shown: LabPort): BoardNode {
  const { port, found, task } = shown;
  const { path } = port;
  const doing =
    task && [task.title, task.share === undefined ? "" : shareText(task.share)].filter(Boolean).join(" ");
  const facts = found ? factsOf(found) : [];
  const label = labelOf(shown);
  const description = doing ?? detailOf(shown);
  return {
    id: path,
    path,
    label,
    description,
    tooltip: [calledIn(shown), port.description, doing, ...facts.map(([what, text]) => `${what}: ${text}`)]
      .filter((line) => line !== undefined)
      .join("\n"),
    icon: task ? "loading~spin" : iconOf(shown),
    context: task && !task.short ? "busy" : found ? "board" : "port",
    spoken: [label, description, found ? "" : "not identified"].filter(Boolean).join(", "),
    children: facts.map(([what, text, icon]) => factNode(path, what, text, icon)),
  };
}

const iconOf = ({ port, found }: LabPort): string => {
  if (found && isLocked(found)) return "lock";
  if (port.kind === "virtual") return "vm";
  return found ? "circuit-board" : "plug";
};

/** Nothing may be written to such a board. */
const isLocked = ({ identity: { security } }: FoundBoard): boolean => Object.values(security).includes("on");

type Fact = readonly [what: string, text: string, icon: string];

function factsOf({ identity, state }: FoundBoard): Fact[] {
  const board = describeBoard(identity, state);
  const revision = identity.revision === undefined ? "" : `, revision ${revisionText(identity.revision)}`;
  return [
    ["Runs", runsText(board), "play"],
    ["Chip", `${identity.chip.name}${revision}`, "chip"],
    ["MAC", identity.mac, "key"],
    ["Flash", flashText(board), "database"],
    ["Security", securityText(board), "shield"],
    ["Bootloader", bootloaderText(board), "rocket"],
    ["Table", tableText(board.table), "table"],
    ["otadata", otadataText(board.otadata), "git-compare"],
    ...board.apps.map((app): Fact => [`App '${app.partition}'`, appText(app), "package"]),
  ];
}

const factNode = (path: string, what: string, text: string, icon: string): BoardNode => ({
  id: `${path}/${what}`,
  path,
  label: what,
  description: text,
  tooltip: `${what}: ${text}`,
  icon,
  context: "fact",
  spoken: `${what}: ${text}`,
  children: [],
});
