/** What the repartitioner finds out about its device; what does not matter for the decision keeps its first value. */
export interface DeviceFacts {
  /** Whether the device is one whose table may be written: no encryption, no Secure Boot, and the new table fits. */
  readonly device: (typeof factValues.device)[number];
  /** What stands in the sector of the table: see `tableState`. */
  readonly table: (typeof factValues.table)[number];
  /** Where it runs from. */
  readonly running: (typeof factValues.running)[number];
  /** Whether the slot from which the table is changed holds the same image as the slot that runs. */
  readonly copy: (typeof factValues.copy)[number];
  /** The place of MicroPython's files. */
  readonly filesystem: (typeof factValues.filesystem)[number];
  /** Whether otadata selects the same slot under both tables. */
  readonly otadata: (typeof factValues.otadata)[number];
  /** What the slot of MicroPython holds. */
  readonly image: (typeof factValues.image)[number];
  readonly network: (typeof factValues.network)[number];
  /** Spent after too many failures in one boot. */
  readonly patience: (typeof factValues.patience)[number];
  /** Whether another slot holds an app that could be started instead: the firmware of before. */
  readonly wayBack: (typeof factValues.wayBack)[number];
}

/** Every value of every fact, in the order of the C enumerations (`rp_decide.h`). */
export const factValues = {
  device: ["fit", "protected", "small-flash"],
  table: ["foreign", "source", "target", "torn"],
  running: ["unknown", "runner", "other"],
  copy: ["absent", "present"],
  filesystem: ["dirty", "blank", "littlefs"],
  otadata: ["unsettled", "settled"],
  image: ["none", "micropython"],
  network: ["offline", "online"],
  patience: ["left", "spent"],
  wayBack: ["none", "firmware"],
} as const;

/** What it does next, in the order of the C enumeration. */
export const actions = [
  "stop-protected",
  "stop-small-flash",
  "stop-foreign-table",
  "stop-foreign-slot",
  "heal-table",
  "go-back",
  "restart",
  "wait",
  "copy",
  "start-runner",
  "erase-filesystem",
  "settle-otadata",
  "write-table",
  "download",
  "select",
] as const;

export type Action = (typeof actions)[number];

/**
 * What to do next. The same function exists in C (`firmware/core/rp_decide.c`), and a test compares the two over all
 * inputs. A table that is the target table means that all earlier work is done: see the order in `docs/repartitioner.md`.
 */
export function decide(facts: DeviceFacts): Action {
  const { device, table, running, patience, wayBack } = facts;
  if (device === "protected") return "stop-protected";
  if (device === "small-flash") return "stop-small-flash";
  // Wherever the bootloader has found something to start: the runner is whole, and otadata selects it.
  if (table === "torn" && running !== "unknown") return "heal-table";
  if (table === "torn" || table === "foreign") return "stop-foreign-table";
  if (running === "unknown") return "stop-foreign-slot";
  if (patience === "spent") return table === "source" && wayBack === "firmware" ? "go-back" : "restart";
  if (running === "other") return flip(facts);
  return table === "source" ? changeTable(facts) : install(facts);
}

/** The table is changed from one slot only: flash is free behind it. */
function flip({ copy, network }: DeviceFacts): Action {
  if (copy === "present") return "start-runner";
  // The firmware is overwritten by the copy, so nothing is copied before the device was seen online.
  return network === "online" ? "copy" : "wait";
}

function changeTable({ network, filesystem, otadata }: DeviceFacts): Action {
  if (network === "offline") return "wait";
  if (filesystem !== "blank") return "erase-filesystem";
  return otadata === "settled" ? "write-table" : "settle-otadata";
}

function install({ filesystem, image, network }: DeviceFacts): Action {
  // MicroPython never starts on what is neither blank nor its own; a filesystem of its own holds the user's files.
  if (filesystem === "dirty") return "erase-filesystem";
  if (image === "micropython") return "select";
  return network === "online" ? "download" : "wait";
}
