import type { ChipId } from "../../chip/targets";

/** A build of MicroPython whose app was measured. */
export interface KnownBuild {
  readonly release: string;
  readonly chip: ChipId;
  /** Bytes of the app image. */
  readonly size: number;
}

/** Official ESP32_GENERIC builds: the app in the downloaded file, measured from its header to its hash. */
export const knownBuilds: readonly KnownBuild[] = [
  { release: "v1.20.0", chip: "esp32", size: 1_505_088 },
  { release: "v1.23.0", chip: "esp32", size: 1_672_800 },
  { release: "v1.24.0", chip: "esp32", size: 1_629_968 },
];
