import { type Analysis, analyse } from "../../analyse";
import { withRepartitioner } from "../../compat/repartitioner";
import { type CompatQuestion, verdict } from "../../compat/verdict";
import type { ImageHeader } from "../../image/header";
import { MANIFEST_NAME } from "../../project/fileNames";
import { dirname, isSamePath, join, resolveInside } from "../../project/paths";
import { sourceEntries } from "../../project/sourceTable";
import { type Files, surroundingsOf } from "../../project/surroundings";
import { failure, type Result, success } from "../../result";
import type { ExpectedImage } from "../../sim/repartitioner/config";
import type { Environment } from "../../table/csv";
import { type PartitionEntry, partitionOf } from "../../table/entry";
import { wholeEntries } from "../../table/whole";
import { decodeText } from "../../text/decode";
import { roomForRepartitioner } from "../pairFaults";
import type { PlanInput, PlannedImage, PlannedRepartitioner } from "../plan/plan";
import { planMigration } from "../plan/planMigration";
import type { ReportInput } from "../report/report";
import type { Proposal } from "../solve/proposal";
import { proposeLayouts } from "../solve/proposeLayouts";
import { pairOf, type TablePair } from "../tablePair";
import { compatQuestion, manifestBootloader, type StatedDevices } from "./compatQuestion";
import { inputFiles, plannedImage } from "./images";
import { type MigrationPlace, type Part, type ReadFault, readParts } from "./parts";

/** What somebody says of a migration beyond its manifest. */
export interface StatedMigration extends StatedDevices {
  /** Name of the app partition from which the devices run today. */
  readonly runningSlot?: string | undefined;
  /** The file of the repartitioner, where it is not the one that its project builds. */
  readonly repartitioner?: Pick<Part, "name" | "path"> | undefined;
  /** Values of the `$NAME` that a CSV may use. */
  readonly environment?: Environment | undefined;
}

/** All that a report follows from, except who makes it, and what the project of a repartitioner is made of. */
export interface ReadMigration extends Omit<ReportInput, "toolVersion"> {
  readonly micropython: ExpectedImage;
  /** The file of the target table: its name as the manifest writes it. */
  readonly targetFile: { readonly name: string; readonly text: string };
  /** How the bootloader of the devices drives their flash; undefined where there is no file of it. */
  readonly bootloaderFlash?: Pick<ImageHeader, "flashMode" | "flashFrequency"> | undefined;
}

/**
 * Reads a manifest and its files, asks for the verdict and plans. Tables with errors are no failure as long as every row
 * can be read: what is wrong with them is in the plan. `read` of the files has to give whole images.
 */
export async function readMigration(
  place: MigrationPlace,
  stated: StatedMigration,
  files: Files,
): Promise<Result<ReadMigration, ReadFault>> {
  const parts = await readParts(place, files);
  if (!parts.ok) return parts;
  const { manifest, target } = parts.value;
  const tables = await readTables(place, target, stated.environment ?? {}, files);
  if (!tables.ok) return tables;
  const { facts } = tables.value.analysis;
  const micropython = await plannedImage(parts.value.micropython, files.read);
  if (!micropython.ok) return micropython;
  const part = repartitionerOf(stated, facts.repartitioner?.name, target);
  const repartitioner = part && (await plannedImage(part, files.read));
  if (repartitioner && !repartitioner.ok) return repartitioner;
  const inputs = await inputFiles([...parts.value.files, ...(part ? [part] : [])], files.read);
  const resolve = (path: string) => resolveInside(place.root, dirname(place.manifestPath), path);
  const bootloader = await manifestBootloader(manifest, resolve, files.inspect);
  const question = compatQuestion(
    { manifest, bootloader, app: micropython.value.app, target: tables.value.analysis },
    stated,
  );
  const images = { micropython: micropython.value.image, repartitioner: repartitioner?.value.image };
  const input = planInput(tables.value, images, question, stated);
  const started = repartitioner?.value.app.image;
  return success({
    ...input,
    manifest,
    micropython: micropython.value.expected,
    targetFile: { name: target.name, text: tables.value.analysis.csv.text },
    bootloaderFlash: stated.bootloader ? stated.bootloader.image?.image : bootloader?.image,
    inputs,
    question,
    verdict: started ? withRepartitioner(verdict(question), question, started) : verdict(question),
    plan: planMigration(input),
    proposals: proposalsFor(input),
  });
}

interface Images {
  readonly micropython: PlannedImage;
  readonly repartitioner: PlannedImage | undefined;
}

/** What the bootloader believes of the flash counts more than what the project says of it. */
function planInput(
  { analysis: { facts }, source, target }: ReadTables,
  { micropython, repartitioner }: Images,
  { chip, flashSizeInHeader }: CompatQuestion,
  { runningSlot }: StatedMigration,
): PlanInput {
  return {
    source: { entries: source, tableOffset: facts.tableOffset, runningSlot },
    target,
    images: { micropython, repartitioner: repartitioner ?? notBuilt(pairOf(source, target)) },
    facts: { ...facts, flashSize: flashSizeInHeader ?? facts.flashSize, chip },
  };
}

function proposalsFor({ source, images, facts }: PlanInput): readonly Proposal[] {
  const { flashSize, chip, micropython } = facts;
  const { runningSlot } = source;
  const binarySize = images.micropython.size;
  return flashSize === undefined
    ? []
    : proposeLayouts({ source, runningSlot, flashSize, chip, binarySize, micropython });
}

interface ReadTables {
  /** Of the target table. */
  readonly analysis: Analysis;
  readonly source: readonly PartitionEntry[];
  readonly target: readonly PartitionEntry[];
}

async function readTables(
  { manifestPath, root }: MigrationPlace,
  { name, path }: Part,
  environment: Environment,
  files: Files,
): Promise<Result<ReadTables, ReadFault>> {
  const around = await surroundingsOf(path, root, files);
  if (around.manifestPath === undefined || !isSamePath(around.manifestPath, manifestPath))
    return failure(
      "incomplete",
      0,
      `This manifest is not the one that counts for '${name}': that is the ${MANIFEST_NAME} in its folder, or the nearest one above that names it.`,
    );
  const bytes = await files.read(path);
  const text = bytes && decodeText(bytes);
  const analysis = analyse(text?.ok ? text.value : "", { ...around.facts, environment });
  const target = wholeEntries(analysis);
  const source = around.source && sourceEntries(around.source, { ...around.facts, environment });
  if (!target || target.length === 0) return unread(name);
  return source
    ? success({ analysis, target: target.map(partitionOf), source: source.map(partitionOf) })
    : unread(around.source?.title ?? "");
}

const unread = (name: string) =>
  failure("errors", 0, `'${name}' has rows that cannot be read, or none. Correct it first.`);

/** The file that is stated, else the one that the project of the repartitioner has built, which is seen from the table. */
function repartitionerOf(
  { repartitioner }: StatedMigration,
  built: string | undefined,
  target: Part,
): Part | undefined {
  if (repartitioner) return { role: "repartitioner", ...repartitioner };
  return built === undefined
    ? undefined
    : { role: "repartitioner", name: built, path: join(dirname(target.path), built) };
}

/** As large as it may get, so that nothing in the plan is too short. */
const notBuilt = (pair: TablePair | undefined): PlannedRepartitioner => ({
  size: (pair && roomForRepartitioner(pair)?.size) ?? 0,
  sha256: undefined,
});
