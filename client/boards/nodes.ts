import { type BoardIdentity, revisionText } from "../../core/job/board";
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
import type { TreeNode } from "../views/treeNode";
import type { LabPort } from "./lab";
import { detailOf, labelOf } from "./labels";

/** A line of the Boards view; its context is one of `port`, `board`, `busy` and `fact`, and `unfinished`, `monitored`. */
export interface BoardNode extends TreeNode {
  /** Of the port that it belongs to. */
  readonly path: string;
  readonly children: readonly BoardNode[];
}

/** What the window knows of a board beyond the lab. */
export interface PortMarks {
  /** A job on it has not ended well and can be resumed. */
  readonly isUnfinished?: boolean;
  readonly isMonitored?: boolean;
}

/** One port with what is known of the board on it. */
export function portNode(shown: LabPort, { isUnfinished, isMonitored }: PortMarks = {}): BoardNode {
  const { port, identity, found, task } = shown;
  const { path } = port;
  // The share comes first: a narrow view cuts the end off.
  const doing =
    task && [task.share === undefined ? "" : shareText(task.share), task.title].filter(Boolean).join(" ");
  const state = task && !task.short ? "busy" : identity ? "board" : "port";
  const isResumable = isUnfinished && !task;
  const facts = found ? factsOf(found) : [];
  const label = labelOf(shown);
  const description = doing ?? (isResumable ? `job not finished · ${detailOf(shown)}` : detailOf(shown));
  return {
    id: path,
    path,
    label,
    description,
    tooltip: [
      `${label} · ${description}`,
      port.description,
      ...facts.map(([what, text]) => `${what}: ${text}`),
    ]
      .filter((line, index, lines) => lines.indexOf(line) === index)
      .join("\n"),
    icon: task ? "loading~spin" : isResumable ? "warning" : iconOf(shown),
    context: [state, isResumable ? "unfinished" : "", isMonitored ? "monitored" : ""]
      .filter(Boolean)
      .join(" "),
    spoken: [label, description, identity ? "" : "not identified"].filter(Boolean).join(", "),
    children: facts.map(([what, text, icon]) => factNode(path, what, text, icon)),
  };
}

const iconOf = ({ port, identity }: LabPort): string => {
  if (identity && isLocked(identity)) return "lock";
  if (port.kind === "virtual") return "vm";
  return identity ? "circuit-board" : "plug";
};

/** Nothing may be written to such a board. */
const isLocked = ({ security }: BoardIdentity): boolean => Object.values(security).includes("on");

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
