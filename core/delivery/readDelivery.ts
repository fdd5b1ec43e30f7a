import type { Facts } from "../facts";
import type { NamedFile } from "../job/files";
import { type MigrationPlace, type Part, type Parts, type ReadFault, readParts } from "../migrate/read/parts";
import { type ReadMigration, readMigration, type StatedMigration } from "../migrate/read/readMigration";
import { pairOf } from "../migrate/tablePair";
import type { MigrationManifest } from "../project/manifest";
import { dirname, join } from "../project/paths";
import { readOnce } from "../project/readOnce";
import { type Files, surroundingsOf } from "../project/surroundings";
import { failure, type Result, success } from "../result";
import { encodeTable } from "../table/encode";
import { clashTexts, type DeliveryPlace, placeOf } from "./address";
import type { DeliveredImage } from "./events";
import { finding, type ImageFinding } from "./finding";
import { type VettedImage, vetFile } from "./vetFile";
import { vetImage } from "./vetImages";

/** What a server may send, and under which path. */
export interface ServedImage extends VettedImage, DeliveryPlace {}

/** A migration as its files are now. */
export interface Delivery {
  /** Empty where there is an error among the findings. */
  readonly images: readonly ServedImage[];
  readonly findings: readonly ImageFinding[];
}

/**
 * Reads what the devices of a migration download, and looks at it with the eyes of the plan. `read` of the files has to
 * give whole images. A failure is a manifest that says too little.
 */
export async function readDelivery(
  place: MigrationPlace,
  stated: StatedMigration,
  host: Files,
): Promise<Result<Delivery, ReadFault>> {
  const files = readOnce(host);
  const parts = await readParts(place, files);
  if (!parts.ok) return parts;
  const named = await namedImages(parts.value, place, stated, files);
  if (!named.ok) return named;
  const looked = named.value.map(({ image, file }) => vetFile(image, file));
  const own = looked.flatMap(({ findings }) => findings);
  if (hasErrors(own)) return success({ images: [], findings: own });
  const migration = await readMigration(place, stated, files);
  if (!migration.ok) return migration;
  const vetted = looked.flatMap((one) => one.vetted ?? []);
  const images = vetted.map((image) => served(image, parts.value.manifest));
  const findings = [
    ...own,
    ...planFindings(migration.value),
    ...imageFindings(vetted, migration.value),
    ...clashTexts(images).map((text) => finding("error", undefined, text)),
  ];
  const missing = vetted.every(({ image }) => image !== "repartitioner");
  return success({
    images: hasErrors(findings) ? [] : images,
    findings: missing ? [...findings, NO_REPARTITIONER] : findings,
  });
}

export const hasErrors = (findings: readonly ImageFinding[]): boolean =>
  findings.some(({ severity }) => severity === "error");

const NO_REPARTITIONER = finding(
  "warning",
  "repartitioner",
  'No repartitioner is served. It is found in the build folder of its project by the name at the end of "repartitioner" in "delivery" of crossflash.json, or as repartitioner.bin where that says none. Build the project, or name the file.',
);

interface NamedImage {
  readonly image: DeliveredImage;
  readonly file: NamedFile;
}

async function namedImages(
  { target, micropython }: Parts,
  { root }: MigrationPlace,
  { repartitioner }: StatedMigration,
  files: Files,
): Promise<Result<readonly NamedImage[], ReadFault>> {
  const { facts } = await surroundingsOf(target.path, root, files);
  const part = repartitioner ?? builtPart(facts, target);
  const wanted = [
    ...(part ? [{ image: "repartitioner", part } as const] : []),
    { image: "micropython", part: micropython } as const,
  ];
  const images: NamedImage[] = [];
  for (const { image, part } of wanted) {
    const bytes = await files.read(part.path);
    if (!bytes) return failure("errors", 0, `'${part.name}' is not there or cannot be read.`);
    images.push({ image, file: { name: part.name, bytes } });
  }
  return success(images);
}

const builtPart = ({ repartitioner }: Facts, target: Part): Pick<Part, "name" | "path"> | undefined =>
  repartitioner && { name: repartitioner.name, path: join(dirname(target.path), repartitioner.name) };

const served = (vetted: VettedImage, { delivery }: MigrationManifest): ServedImage => ({
  ...vetted,
  ...placeOf(vetted.image, delivery?.[vetted.image]),
});

/** What must not be done is not served. */
function planFindings({ plan, verdict }: ReadMigration): ImageFinding[] {
  // Chips and sizes are told of each image, with what to do about it.
  const reasons = verdict.reasons.filter((one) => one.verdict === "refused" && one.topic !== "chip");
  return [
    ...plan.problems
      .filter(({ severity, id }) => severity === "error" && !id.endsWith("-too-large"))
      .map(({ message }) => finding("error", undefined, message)),
    ...reasons.map(({ sentence }) => finding("error", undefined, sentence)),
  ];
}

function imageFindings(
  images: readonly VettedImage[],
  { source, target, question, facts }: ReadMigration,
): ImageFinding[] {
  const tables = [encodeTable(target, facts), encodeTable(source.entries, facts)];
  const [targetTable, sourceTable] = tables.map((table) => (table.ok ? table.value : undefined));
  // A table that cannot be encoded is an error of the plan.
  if (!targetTable || !sourceTable) return [];
  const pair = pairOf(source.entries, target);
  return images.flatMap((image) => vetImage(image, { chip: question.chip, pair, targetTable, sourceTable }));
}
