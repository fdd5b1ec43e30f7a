import type { ChipTarget } from "./chip/targets";
import type { HeaderContent } from "./export/readHeader";
import type { BuildConfig } from "./project/buildConfig";
import type { PartitionEntry } from "./table/entry";
import { defaultTableOptions, type TableOptions } from "./table/options";

/**
 * What is known beyond the text: the options of the table, the device, the chosen MicroPython binary, and of a target
 * table what the devices have today and what the repartitioner is made of. Every fact may be missing; rules that need a
 * missing one stay quiet.
 */
export interface Facts extends TableOptions {
  readonly chip?: ChipTarget | undefined;
  readonly micropython?: ChosenBinary | undefined;
  /** The table that the devices have today, where every row of it can be read. */
  readonly source?: readonly PartitionEntry[] | undefined;
  readonly repartitioner?: { readonly name: string; readonly size: number } | undefined;
  /** The header that the table is exported into, by its path as seen from the table. */
  readonly header?: (HeaderContent & { readonly name: string }) | undefined;
  /** What the repartitioner is built with. */
  readonly build?: BuildConfig | undefined;
  /** From where the devices download. */
  readonly delivery?: { readonly repartitioner?: string; readonly micropython?: string } | undefined;
}

/** What the rules need to know of the binary that the user chose. Sizes in bytes. */
export interface ChosenBinary {
  /** The name to show: the path as the user wrote it. */
  readonly name: string;
  /** `combined` is bootloader, table and app glued together, as MicroPython publishes it; only its app may go by OTA. */
  readonly kind: "app" | "combined" | "unusable";
  /** Why it is unusable, as a sentence; empty otherwise. */
  readonly fault: string;
  /** Size of the app image, without what may stand behind it in the file. */
  readonly appSize: number;
  readonly chip?: ChipTarget | undefined;
  /** Flash size in the header of the app: MicroPython reaches no further. */
  readonly flashSize?: number | undefined;
  /** MicroPython's release as `[1, 23, 0]`, for rules that differ between releases. */
  readonly release?: readonly number[] | undefined;
  /** `MicroPython v1.23.0`, or the ESP-IDF version, or nothing that could be read. */
  readonly title: string;
}

export const noFacts: Facts = defaultTableOptions;

/** Where flash ends as far as anybody said: the device's own size counts more than what MicroPython was built for. */
export const flashEnd = ({ flashSize, micropython }: Facts): number | undefined =>
  flashSize ?? micropython?.flashSize;
