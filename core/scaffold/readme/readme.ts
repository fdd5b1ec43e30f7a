import type { ChipTarget } from "../../chip/targets";
import type { MigrationPlan } from "../../migrate/plan/plan";
import type { ReadMigration } from "../../migrate/read/readMigration";
import type { RepartitionerConfig } from "../../sim/repartitioner/config";
import type { ProjectIdf } from "../projectIdf";
import type { Addresses } from "../sdkconfigDefaults";
import { buildChapter } from "./build";
import { deliveryChapter } from "./delivery";
import { deviceChapter } from "./device";
import { logChapter, stopChapter } from "./log";

/** What a README tells of. */
export interface ReadmeSubject {
  readonly migration: ReadMigration;
  readonly config: RepartitionerConfig;
  readonly plan: MigrationPlan;
  readonly idf: ProjectIdf;
  readonly chip: ChipTarget;
  /** Of the binary, without `.bin`. */
  readonly name: string;
  readonly addresses: Addresses;
}

/** How exactly this project is built and delivered, and what its devices then say. */
export const readme = (subject: ReadmeSubject): string =>
  `${[
    "# The repartitioner",
    "Made by `crossflash scaffold` from `crossflash.json`. This app replaces the partition table of devices that nobody can reach by hand, and then installs MicroPython. Try it on a lab board with the very bootloader of the devices before any of them gets it.",
    deviceChapter(subject),
    buildChapter(subject),
    deliveryChapter(subject),
    logChapter,
    stopChapter,
    FILES,
  ].join("\n\n")}\n`;

const FILES = `## What is made again

\`crossflash scaffold\` makes all files again from \`crossflash.json\`, the tables and MicroPython: run it whenever one of them has changed, and then build again. Files that you have changed are left alone, and it says which ones those are; \`--force\` replaces them. \`.crossflash-scaffold.json\` is how it knows: commit it. \`crossflash scaffold --check\` writes nothing and fails where something is out of date, for example in CI.

\`main/rp_secrets.h\` is yours, and git ignores it. Files of your own in \`main\` are compiled with the rest.`;
