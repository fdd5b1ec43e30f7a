import { sizeText } from "../text/units";
import { EMULATED_SOURCE, emulatedSights } from "./data/emulated";
import { FEATURES_SOURCE } from "./data/features";
import { evidence, type Reason, reason } from "./evidence";
import { hasFeature } from "./features";
import type { IdfVersion } from "./idfVersion";

/** What the table asks of the bootloader. */
export interface FlashQuestion {
  /** Bytes: the flash size in the header of the devices' bootloader, which is what it believes. */
  readonly flashSizeInHeader?: number | undefined;
  /** Bytes: where the last partition of the target table ends. */
  readonly flashSizeNeeded?: number | undefined;
  /** Whether the target table has its MD5 row. */
  readonly tableMd5?: boolean | undefined;
}

const BELIEVES_HEADER = evidence(
  "documented",
  "esp_partition_table_verify in ESP-IDF's flash_partitions.c",
  "The bootloader refuses every table with a partition beyond the flash size in its own header, however large the chip is.",
);
const SMALL_HEADER = evidence("emulated", EMULATED_SOURCE, emulatedSights.smallHeader);

/** The header of the bootloader stays on the devices, so no update can make it believe in more flash. */
export function flashSizeReason({
  flashSizeInHeader: header,
  flashSizeNeeded: needed,
}: FlashQuestion): Reason {
  const about = (verdict: Reason["verdict"], sentence: string) =>
    reason("flash-size", verdict, sentence, BELIEVES_HEADER, SMALL_HEADER);
  if (needed === undefined)
    return about(
      "unknown",
      "It is not known how much flash the target table takes. Choose the target table.",
    );
  if (header === undefined)
    return about(
      "unknown",
      `The target table takes ${sizeText(needed)}, but it is not known how much flash the bootloader believes in. Read its header from a device.`,
    );
  return needed > header
    ? about(
        "refused",
        `The target table ends at ${sizeText(needed)}, but the bootloader believes in ${sizeText(header)} of flash: it would refuse the table, and the device would not start. Make the table smaller.`,
      )
    : about(
        "supported",
        `The target table ends at ${sizeText(needed)}, within the ${sizeText(header)} that the bootloader believes in.`,
      );
}

const ROW_SINCE = evidence(
  "documented",
  FEATURES_SOURCE,
  "Bootloaders know the MD5 row since v3.1; older ones stop at it: 'invalid magic number 0xebeb'.",
);
const ROW_NEEDED = evidence(
  "documented",
  FEATURES_SOURCE,
  "Apps of v3.3.6, v4.0.3, v4.1.2, v4.2.2, v4.3.1, v4.4 and later find no partition in a table without MD5 row.",
);
const NO_ROW_SEEN = evidence("emulated", EMULATED_SOURCE, emulatedSights.noMd5Row);

/** Old bootloaders refuse a table with MD5 row, newer apps one without: of a table both must be able to live with it. */
export function md5RowReason(
  { tableMd5 }: FlashQuestion,
  bootloader: IdfVersion | undefined,
  app: IdfVersion | undefined,
): Reason {
  const knowsRow = bootloader && hasFeature("md5-row", bootloader);
  const needsRow = app && hasFeature("app-needs-md5-row", app);
  if (tableMd5 === undefined)
    return md5Row("unknown", "It is not known whether the target table has its MD5 row.");
  if (tableMd5) {
    if (knowsRow) return md5Row("supported", "The bootloader knows the MD5 row of the table.");
    if (knowsRow === undefined)
      return md5Row(
        "unknown",
        "It is not known whether the bootloader knows the MD5 row of the table. If the table that the devices have now has one, it does.",
      );
    return md5Row(
      "refused",
      `The bootloader does not know the MD5 row and would not start. ${wayOut(needsRow)}`,
    );
  }
  if (needsRow === undefined)
    return md5Row("unknown", "It is not known whether the app can do without the MD5 row. Leave the row on.");
  return needsRow
    ? md5Row("refused", `The app finds no partitions in a table without MD5 row. ${leaveOn(knowsRow)}`)
    : md5Row("supported", "Neither bootloader nor app needs the MD5 row of the table.");
}

const wayOut = (needsRow: boolean | undefined): string =>
  needsRow === false
    ? "Make the table without it."
    : "Without it this app may not run either: choose one of an older ESP-IDF and make the table without the row.";

const leaveOn = (knowsRow: boolean | undefined): string =>
  knowsRow === false
    ? "The bootloader is too old for the row: choose an app of an older ESP-IDF."
    : "Make the table with it.";

const md5Row = (verdict: Reason["verdict"], sentence: string): Reason =>
  reason("md5-row", verdict, sentence, ROW_SINCE, ROW_NEEDED, NO_ROW_SEEN);
