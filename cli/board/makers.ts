import type { NamedFile } from "../../core/job/files";
import { flashCombined } from "../../core/job/flashCombined";
import type { FlashRange } from "../../core/job/range";
import { writePartition } from "../../core/job/writePartition";
import { listed } from "../../core/picture/names";
import { failure, type Result, success } from "../../core/result";
import type { FoundBoard } from "../../device/flows/flashFlow";
import type { Io } from "../io";
import { flag, text } from "../options";
import { chip, extraSubtypes, secure } from "../tableOptions";
import { backupMaker } from "./backupMaker";
import { fieldMaker, type LayoutOptions, layoutMaker } from "./layoutMaker";
import { readFile } from "./project";
import type { Reporter } from "./reporter";
import type { Maker } from "./runJob";
import { Stop } from "./stop";

/** What `flash` writes and `verify` compares with. */
export const sources = {
  micropython: text(
    "BIN",
    "The MicroPython of the layout; the one of crossflash.json unless told otherwise.",
  ),
  bootloader: text("BIN", "A bootloader too; the one on the board stays unless told otherwise."),
  field: flag("Instead of the layout: what devices have today, source table and app of crossflash.json."),
  app: text("BIN", "With --field: the app of the devices."),
  slot: text(
    "NAME",
    "With --field: the partition that holds the app; the one that starts by itself unless told otherwise.",
  ),
  otadata: text(
    "FILE",
    "With --field: otadata as it was read from a device; the app goes into the partition that it starts.",
  ),
  combined: text("BIN", "Instead of the layout: a combined image or a dump of a flash, to where it belongs."),
  partition: text("NAME", "Instead of the layout: one partition of the table on the board, with --file."),
  file: text("FILE", "With --partition: what goes into it."),
  chip,
  secure,
  "extra-subtype": extraSubtypes,
};

export interface SourceOptions extends LayoutOptions {
  readonly field: boolean;
  readonly combined?: string | undefined;
  readonly partition?: string | undefined;
  readonly file?: string | undefined;
  /** Only to compare with; writing one back is a command of its own. */
  readonly backup?: string | undefined;
}

/** The job that the command line means. */
export async function makerOf(
  table: string | undefined,
  options: SourceOptions,
  io: Io,
  reporter: Reporter,
): Promise<Maker> {
  const fault = clash(table, options);
  if (fault !== undefined) throw new Stop(2, fault);
  const { combined, partition, file, backup } = options;
  if (backup !== undefined) return backupMaker(backup, io);
  if (combined !== undefined) {
    const image = await readFile(combined, io);
    return (found) => flashCombined(image, found?.present.table);
  }
  if (partition !== undefined) return partitionMaker(partition, await readFile(file ?? "", io));
  return options.field ? fieldMaker(table, options, io) : layoutMaker(table, options, io, reporter);
}

/** Two kinds of job at once, half of one, or an option that would do nothing. */
function clash(table: string | undefined, options: SourceOptions): string | undefined {
  const { field, combined, partition, backup, file, app, slot, otadata } = options;
  const kinds = [
    ...(field ? ["--field"] : []),
    ...(combined === undefined ? [] : ["--combined"]),
    ...(partition === undefined ? [] : ["--partition"]),
    ...(backup === undefined ? [] : ["--backup"]),
  ];
  if (kinds.length > 1) return `Choose one of ${kinds.join(" and ")}.`;
  const isLayout = kinds.length === 0;
  if (table !== undefined && !field && !isLayout)
    return `With ${kinds[0]} no table is needed: leave out '${table}'.`;
  if ((partition === undefined) !== (file === undefined))
    return "--partition NAME and --file FILE belong together.";
  if (!field && (app ?? slot ?? otadata) !== undefined)
    return "--app, --slot and --otadata belong to --field.";
  if (slot !== undefined && otadata !== undefined)
    return "Choose one of --slot and --otadata: both say where the app goes.";
  if (!isLayout && options.micropython !== undefined) return `With ${kinds[0]} leave out --micropython.`;
  if (!isLayout && !field && options.bootloader !== undefined)
    return `With ${kinds[0]} leave out --bootloader.`;
  return undefined;
}

const partitionMaker =
  (name: string, file: NamedFile): Maker =>
  (found) => {
    const table = tableOn(found);
    return table.ok ? writePartition(table.value, name, file) : table;
  };

/** The table on the board, for jobs that mean a partition of it. */
export function tableOn(found: FoundBoard | undefined) {
  const search = found?.state.table;
  if (search?.kind === "found") return success(search.table);
  const why = search?.kind === "damaged" ? ` ${search.message}` : "";
  return failure("table", 0, noTable[search?.kind ?? "unread"] + why);
}

const noTable = {
  unread: "Which partitions there are stands on the board only, and no board was asked. Connect one.",
  none: "The board has no partition table where it was looked for. Say where it is with --table-offset.",
  damaged: "The partition table on the board is damaged.",
} as const;

/** The place of one partition of the table on the board. */
export function partitionOn(found: FoundBoard | undefined, name: string): Result<FlashRange, string> {
  const table = tableOn(found);
  if (!table.ok) return table;
  const named = table.value.entries.filter((entry) => entry.name === name);
  const [entry, second] = named;
  if (entry && !second) return success({ address: entry.offset, size: entry.size });
  const names = listed(table.value.entries.map((one) => one.name));
  return failure(
    "partition",
    0,
    second
      ? `The table on the board has ${named.length} partitions with the name '${name}'. Say the place with --range.`
      : `The table on the board has no partition '${name}'. It has ${names || "none at all"}.`,
  );
}
