import { readFirmware } from "../../../cli/host/firmwareFiles";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import { type CompatApp, compatApp } from "../../../core/compat/builds";
import { verdict } from "../../../core/compat/verdict";
import { inspectImage } from "../../../core/image/inspect";
import { planMigration } from "../../../core/migrate/plan/planMigration";
import type { ReadMigration } from "../../../core/migrate/read/readMigration";
import type { MigrationManifest } from "../../../core/project/manifest";
import { type Scaffold, type ScaffoldInput, scaffold } from "../../../core/scaffold/scaffold";
import type { ExpectedImage } from "../../../core/sim/repartitioner/config";
import { expectedImage } from "../../../core/sim/repartitioner/configOf";
import { printTable } from "../../../core/table/print";
import { makeMicroPython } from "../../support/imageFixture";
import { type Given, inputOf } from "../migrate/plan/plans";

export const templates = readFirmware(`${process.cwd()}/cli/host`);

const delivery = {
  repartitioner: "http://192.168.1.10:9000/field-update.bin",
  micropython: "http://192.168.1.10:9000/micropython.bin",
};

export interface Wanted extends Given {
  readonly bootloader?: { readonly idf: string };
  readonly delivery?: MigrationManifest["delivery"];
  readonly idf?: string;
  /** Of the app that is MicroPython. */
  readonly idfVersion?: string;
  readonly changes?: Partial<ReadMigration>;
}

interface Binary {
  readonly app: CompatApp;
  readonly expected: ExpectedImage;
}

/** Making one takes longer than all of a project. */
const binaries = new Map<string, Binary>();

function binaryOf(size: number, idfVersion: string): Binary {
  const known = binaries.get(`${size} ${idfVersion}`);
  if (known) return known;
  const bytes = makeMicroPython({ size, idfVersion });
  const report = inspectImage(bytes);
  if (report.kind !== "app") throw new TypeError("the fixture is an app");
  const binary = { app: compatApp(report.app), expected: expectedImage(bytes) };
  binaries.set(`${size} ${idfVersion}`, binary);
  return binary;
}

/** Devices with the bootloader of Arduino 1.0.6 unless told otherwise. */
export function wantedProject(wanted: Wanted = {}): ScaffoldInput {
  const { bootloader = { idf: "v3.3.5" }, idf, idfVersion = "v3.3.5", micropython = 1_464_336 } = wanted;
  const binary = binaryOf(micropython, idfVersion);
  const input = inputOf({ ...wanted, micropython });
  const question = {
    bootloader: bootloaderVersion(bootloader),
    app: binary.app,
    rule: "strict",
    chip: input.facts.chip,
    flashSizeInHeader: input.facts.flashSize,
    flashSizeNeeded: input.facts.flashSize,
    tableMd5: true,
    chipRevision: 301,
    rollback: "off",
    secureBoot: "off",
    flashEncryption: "off",
  } as const;
  const migration: ReadMigration = {
    ...input,
    manifest: {
      bootloader,
      target: { table: "partitions.csv", micropython: "micropython.bin" },
      delivery: wanted.delivery ?? delivery,
    },
    micropython: binary.expected,
    targetFile: { name: "partitions.csv", text: printTable(input.target) },
    inputs: [],
    question,
    verdict: verdict(question),
    plan: planMigration(input),
    ...wanted.changes,
  };
  return { migration, templates, toolVersion: "1.2.3", ...(idf === undefined ? {} : { idf }) };
}

export function projectOf(wanted: Wanted = {}): Scaffold {
  const made = scaffold(wantedProject(wanted));
  if (!made.ok) throw new Error(made.message);
  return made.value;
}

/** Why there is none. */
export function refusalOf(wanted: Wanted): string {
  const made = scaffold(wantedProject(wanted));
  return made.ok ? `a project for ${made.value.idf.release}` : `${made.reason}: ${made.message}`;
}

export function fileOf({ files }: Scaffold, path: string): string {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`no ${path} among ${files.map((file) => file.path).join(", ")}`);
  return found.text;
}
