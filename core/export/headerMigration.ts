import { sha256Hex } from "../image/sha256Hex";
import type { RepartitionerConfig } from "../sim/repartitioner/config";
import type { PartitionEntry } from "../table/entry";
import { TABLE_LENGTH } from "../table/options";
import { hex } from "../text/units";
import { type ArrayStyle, arrayText, rowComments } from "./arrayText";

/** What a repartitioner has to know besides the target table. `source` are the rows of the source table, for comments. */
export interface HeaderMigration {
  readonly config: RepartitionerConfig;
  readonly source: readonly PartitionEntry[];
  readonly md5Row: boolean;
}

/** The name of the array with the table that the devices have today. */
export const SOURCE_ARRAY = "source_table";

/**
 * The macros that are one number, in the order of the header. `firmware/port/rp_config.c` fills the structure of the C
 * core from them.
 */
export const migrationNumbers = {
  REPARTITION_TABLE_OFFSET: ({ tableOffset }) => tableOffset,
  REPARTITION_BOOTLOADER_OFFSET: ({ bootloaderOffset }) => bootloaderOffset,
  REPARTITION_CHIP_ID: ({ chipId }) => chipId,
  REPARTITION_RUNNER_OFFSET: ({ runnerOffset }) => runnerOffset,
  REPARTITION_RECEIVER_OFFSET: ({ receiverOffset }) => receiverOffset,
  REPARTITION_FILESYSTEM_OFFSET: ({ filesystemOffset }) => filesystemOffset,
  REPARTITION_ERASE_COUNT: ({ eraseList }) => eraseList.length,
  REPARTITION_ERASE_SIZE: ({ eraseList }) => eraseList.reduce((sum, { size }) => sum + size, 0),
  REPARTITION_MICROPYTHON_SIZE: ({ micropython }) => micropython.size,
} as const satisfies Readonly<Record<string, (config: RepartitionerConfig) => number>>;

/** The declarations, from one blank line to the next; the last line has no end. */
export function migrationText({ config, source, md5Row }: HeaderMigration, style: ArrayStyle): string {
  const { micropython, eraseList, sourceTable, targetTable } = config;
  const numbers = Object.entries(migrationNumbers).map(([name, of]) => `#define ${name} ${hex(of(config))}`);
  const extents = eraseList.map(({ offset, size }) => `{ ${hex(offset)}, ${hex(size)} }`);
  const rows = arrayText(sourceTable, rowComments(source, md5Row), style);
  return `/* Where everything is, in bytes of flash. */
${numbers.join("\n")}

/* What is blank before the table is written: offset, size. */
#define REPARTITION_ERASE_LIST { ${extents.join(", ")} }

/* The MicroPython that the devices get, and its first 0x1000 bytes. */
#define REPARTITION_MICROPYTHON_SHA256 ${digest(micropython.sha256)}
#define REPARTITION_MICROPYTHON_HEAD_SHA256 ${digest(micropython.headSha256)}

/* Of the ${hex(sourceTable.length)} bytes of the table that the devices have, and of the sector that they get. */
#define REPARTITION_SOURCE_TABLE_SHA256 "${sha256Hex(sourceTable)}"
#define REPARTITION_TARGET_TABLE_SHA256 "${sha256Hex(targetTable)}"

/* The partition table that the devices have: with another one the repartitioner changes nothing. */
static const uint8_t ${SOURCE_ARRAY}[${hex(TABLE_LENGTH)}] = {${rows}};`;
}

/** What must agree with the array, whose macros an export changes, and with what the project is built for. */
export const migrationAssertions = `#if defined(PARTITION_VFS_OFFSET) && PARTITION_VFS_OFFSET != REPARTITION_FILESYSTEM_OFFSET
#error "The table was exported again, but the rest of this header is older. Run 'crossflash scaffold' again."
#endif
#if defined(PARTITION_VFS_SIZE) && PARTITION_VFS_SIZE != REPARTITION_ERASE_SIZE
#error "Not all of the filesystem would be erased: this header is of another table. Run 'crossflash scaffold' again."
#endif
#ifdef ESP_PLATFORM
#if CONFIG_PARTITION_TABLE_OFFSET != REPARTITION_TABLE_OFFSET
#error "CONFIG_PARTITION_TABLE_OFFSET is not where the devices have their table (REPARTITION_TABLE_OFFSET)."
#endif
#if defined(CONFIG_IDF_FIRMWARE_CHIP_ID) && CONFIG_IDF_FIRMWARE_CHIP_ID != REPARTITION_CHIP_ID
#error "The project is built for another chip than the devices have. Set it with 'idf.py set-target'."
#endif
#endif
`;

function digest(hexadecimal: string): string {
  const bytes = Array.from(hexadecimal.match(/../g) ?? [], (byte) => `0x${byte}`);
  return `{ \\\n    ${bytes.slice(0, 16).join(", ")}, \\\n    ${bytes.slice(16).join(", ")} }`;
}
