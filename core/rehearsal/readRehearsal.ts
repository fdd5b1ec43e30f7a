import type { ImageFinding } from "../delivery/finding";
import { hasErrors, readDelivery, type ServedImage } from "../delivery/readDelivery";
import type { NamedFile } from "../job/files";
import { type MigrationPlace, readParts } from "../migrate/read/parts";
import { type ReadMigration, readMigration, type StatedMigration } from "../migrate/read/readMigration";
import { dirname, resolveInside } from "../project/paths";
import type { Files } from "../project/surroundings";
import { failure, type Result, success } from "../result";
import type { BootloaderModel } from "../sim/boot/model";
import type { RepartitionerConfig } from "../sim/repartitioner/config";
import { configOf } from "../sim/repartitioner/configOf";
import { simulatedDevices } from "../sim/scenario/devices";
import { standInBootloader, standInFirmware, standInRepartitioner } from "./standIns";

/** A migration that is to be rehearsed: everything that is known before a board is touched. */
export interface Rehearsal {
  readonly migration: ReadMigration;
  /** What the repartitioner is told, and so what the board must hold at the end. */
  readonly config: RepartitionerConfig;
  /** Both images, vetted as for serving. */
  readonly images: readonly ServedImage[];
  /** What is to be known of them. */
  readonly findings: readonly ImageFinding[];
  /** The app of the field, which the board starts with. */
  readonly app: NamedFile;
  /** Undefined: the board keeps its own. */
  readonly bootloader: NamedFile | undefined;
  /** As the devices have it. */
  readonly model: BootloaderModel;
  /** Sentences: what is not the real thing. Empty for a real board. */
  readonly standIns: readonly string[];
}

export interface RehearsalQuestion extends StatedMigration {
  /** A board in this process runs simulated firmware, so files that are missing have stand-ins. */
  readonly isVirtual: boolean;
  /** Instead of the app that the manifest names. */
  readonly app?: NamedFile | undefined;
}

/** `unready`: the plan or an image forbids it, or a real board lacks a file. */
export type RehearsalFault = "unreadable" | "incomplete" | "errors" | "unready";

/** Reads what a rehearsal needs. Nothing that must not be served, and no plan with errors, comes out of it. */
export async function readRehearsal(
  place: MigrationPlace,
  question: RehearsalQuestion,
  files: Files,
): Promise<Result<Rehearsal, RehearsalFault>> {
  const { isVirtual, app: given, ...stated } = question;
  const parts = await readParts(place, files);
  if (!parts.ok) return parts;
  const delivery = await readDelivery(place, stated, files);
  if (!delivery.ok) return delivery;
  const { findings, images } = delivery.value;
  if (hasErrors(findings)) return unready(errorTexts(findings));
  const migration = await readMigration(place, stated, files);
  if (!migration.ok) return migration;
  const config = configOf(migration.value, migration.value.micropython);
  if (!config.ok) return unready(config.message);
  if (migration.value.facts.flashSize === undefined) return unready(NO_FLASH_SIZE);
  const { bootloader: model = UNKNOWN } = simulatedDevices(migration.value.question);
  const { source, bootloader } = parts.value.manifest;
  const read = (name: string | undefined) => fileOf(name, place, files);
  const field = { app: given ?? (await read(source?.app)), bootloader: await read(bootloader?.image) };
  const real = { migration: migration.value, config: config.value, model };
  if (!isVirtual) return realRehearsal(real, images, findings, field);
  return success(virtualRehearsal(real, images, findings, field));
}

const NO_FLASH_SIZE =
  'It is not known how large the flash of the devices is. Add "flashSize" to crossflash.json.';

const UNKNOWN: BootloaderModel = { kind: "plain", idfVersion: "" };

type Known = Pick<Rehearsal, "migration" | "config" | "model">;
type Field = { readonly [Role in "app" | "bootloader"]: NamedFile | undefined };

const unready = (message: string) => failure("unready", 0, message);

const errorTexts = (findings: readonly ImageFinding[]): string =>
  findings
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message)
    .join(" ");

const isRepartitioner = ({ image }: ServedImage): boolean => image === "repartitioner";

/** On a real board nothing stands for anything else. */
function realRehearsal(
  known: Known,
  images: readonly ServedImage[],
  findings: readonly ImageFinding[],
  { app, bootloader }: Field,
): Result<Rehearsal, RehearsalFault> {
  if (!images.some(isRepartitioner)) return unready(NO_REPARTITIONER);
  if (!app) return unready(NO_APP);
  return success({ ...known, images, findings, app, bootloader, standIns: [] });
}

const NO_REPARTITIONER =
  'There is no repartitioner: the build folder of its project holds none under the name that "repartitioner" of "delivery" ends in. Build it, or name its file. Only a virtual board can rehearse without one.';
const NO_APP =
  'crossflash.json does not say which app the devices run. Write it as "app" of "source", or restore a backup of a device. Only a virtual board can rehearse without one.';

function virtualRehearsal(
  known: Known,
  images: readonly ServedImage[],
  findings: readonly ImageFinding[],
  field: Field,
): Rehearsal {
  const { migration, model } = known;
  const hasOwn = images.some(isRepartitioner);
  return {
    ...known,
    images: hasOwn ? images : [standInRepartitioner(migration), ...images],
    findings: hasOwn ? findings : findings.filter(({ image }) => image !== "repartitioner"),
    app: field.app ?? standInFirmware(migration),
    bootloader: field.bootloader ?? standInBootloader(migration, model),
    standIns: [
      SIMULATED,
      ...(hasOwn ? [] : ["There is no repartitioner yet, so a stand-in of the same form is delivered."]),
      ...(field.app ? [] : ["crossflash.json names no app of the devices, so a stand-in is installed."]),
      ...(field.bootloader
        ? []
        : ["crossflash.json names no file with the bootloader of the devices, so a stand-in is installed."]),
    ],
  };
}

const SIMULATED =
  "The board is a virtual one with simulated firmware: programs of Crossflash play the firmware of the devices, the repartitioner and MicroPython. Flash, serial line, server and downloads are real to them; the code in the images never runs.";

async function fileOf(
  name: string | undefined,
  { root, manifestPath }: MigrationPlace,
  { read }: Files,
): Promise<NamedFile | undefined> {
  const path = name === undefined ? undefined : resolveInside(root, dirname(manifestPath), name);
  const bytes = path === undefined ? undefined : await read(path);
  return name === undefined || bytes === undefined ? undefined : { name, bytes };
}
