import type { Extent } from "../../migrate/solve/spaces";

/**
 * What a repartitioner knows of its devices, decided when it was built: `repartition.h` holds the same for the C core.
 * Offsets and sizes in bytes of flash.
 */
export interface RepartitionerConfig {
  readonly tableOffset: number;
  readonly bootloaderOffset: number;
  /** `chip_id` of the image header. */
  readonly chipId: number;
  /** The 0xC00 bytes that the devices have today. */
  readonly sourceTable: Uint8Array;
  /** The whole sector of 0x1000 bytes, `final_table`. */
  readonly targetTable: Uint8Array;
  /** The app partition from which the table is changed; it stands at the same offset in both tables. */
  readonly runnerOffset: number;
  /** In the target table: the app partition that gets MicroPython. */
  readonly receiverOffset: number;
  /** In the target table: where MicroPython makes its filesystem. */
  readonly filesystemOffset: number;
  /** What must be blank before the table is written. */
  readonly eraseList: readonly Extent[];
  readonly micropython: ExpectedImage;
}

/** An image that was known when the repartitioner was built. SHA-256 as 64 hexadecimal digits. */
export interface ExpectedImage {
  readonly size: number;
  readonly sha256: string;
  /** Of the first 0x1000 bytes, or of all where there are fewer. */
  readonly headSha256: string;
}
