import { bootloaderVersion } from "../../../../core/compat/bootloaderVersion";
import type { CompatQuestion } from "../../../../core/compat/verdict";
import { verdict } from "../../../../core/compat/verdict";
import { planMigration } from "../../../../core/migrate/plan/planMigration";
import type { InputFile, InputRole } from "../../../../core/migrate/report/inputs";
import {
  type MigrationReport,
  migrationReport,
  type ReportInput,
} from "../../../../core/migrate/report/report";
import { proposeLayouts } from "../../../../core/migrate/solve/proposeLayouts";
import { image, question } from "../../compat/questions";
import { inputOf, type Given as PlanGiven } from "../plan/plans";

const file = (role: InputRole, name: string, size: number, digit: string): InputFile => ({
  role,
  name,
  size,
  sha256: digit.repeat(64),
});

export const files: readonly InputFile[] = [
  file("micropython", "micropython.bin", 1_464_336, "d"),
  file("source-table", "field/partitions.csv", 180, "b"),
  file("repartitioner", "build/repartitioner.bin", 900_000, "c"),
  file("target-table", "partitions.csv", 200, "e"),
  file("manifest", "crossflash.json", 400, "a"),
];

/** A plan as its tests have it, and what the report has beyond it. */
export interface Given extends PlanGiven {
  /** "app1" unless told otherwise; nobody knows it with "any". */
  readonly from?: string;
  readonly asked?: Partial<CompatQuestion>;
  readonly files?: readonly InputFile[];
  readonly delivery?: string;
}

/** The published example: all is known, and MicroPython 1.14 was ported to the ESP-IDF of the bootloader. */
export function reportInput({
  asked = {},
  files: inputs = files,
  delivery,
  from = "app1",
  ...given
}: Given = {}): ReportInput {
  const input = inputOf({ ...given, ...(from === "any" ? {} : { from }) });
  const planned = {
    ...input,
    images: {
      repartitioner: { ...input.images.repartitioner, sha256: "c".repeat(64) },
      micropython: { ...input.images.micropython, sha256: "d".repeat(64) },
    },
  };
  const { source, facts, images } = planned;
  const { flashSize = 0x400000 } = facts;
  const compat = question({
    bootloader: bootloaderVersion({ arduino: "1.0.6" }),
    app: { release: "1.14", image: image({ idfVersion: "v3.3.5" }) },
    ...asked,
  });
  return {
    ...planned,
    manifest: delivery === undefined ? {} : { delivery: { micropython: delivery } },
    inputs,
    question: compat,
    verdict: verdict(compat),
    plan: planMigration(planned),
    proposals: proposeLayouts({ source, flashSize, binarySize: images.micropython.size, chip: facts.chip }),
    toolVersion: "0.1.0",
  };
}

export const reportOf = (given: Given = {}): MigrationReport => migrationReport(reportInput(given));
