import type { Extent } from "../../../migrate/solve/spaces";

/**
 * What `repartition.h` of the published repartitioner holds. Offsets and sizes in bytes of flash. Source:
 * github.com/insighio/esp-idf-repartitioner, `main/repartition.h`.
 */
export interface PublishedConfig {
  readonly tableOffset: number;
  /** The 384 bytes of `final_table`: rows, MD5 row, FF. */
  readonly finalTable: Uint8Array;
  /** `PARTITION_OTA_1_TARGET_SIZE`. */
  readonly targetSize: number;
  /** `PARTITION_VFS_OFFSET` and `PARTITION_VFS_SIZE`. */
  readonly filesystem: Extent;
  /** Bytes of flash: beyond them ESP-IDF erases nothing. */
  readonly flashSize: number;
  /** `chip_id` of the image header. */
  readonly chipId: number;
}

/** The only size of ota_1 that it knows to begin with; everything else it takes for a wrong state. */
export const SOURCE_SIZE = 1_310_720;

/** The length of `final_table`, which is less than what is written of it. */
export const FINAL_TABLE_LENGTH = 384;
