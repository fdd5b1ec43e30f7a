import type { ImageFinding } from "../delivery/finding";
import { hasErrors, readDelivery, type ServedImage } from "../delivery/readDelivery";
import type { MigrationPlace } from "../migrate/read/parts";
import { readMigration, type StatedMigration } from "../migrate/read/readMigration";
import { migrationReport } from "../migrate/report/report";
import { basename } from "../project/paths";
import { readOnce } from "../project/readOnce";
import type { Files } from "../project/surroundings";
import { failure, type Result, success } from "../result";
import { bundleFiles } from "./bundle/files";
import type { BundleFile } from "./bundle/sums";
import { type CanaryInput, proposeRollout } from "./canary";
import { type FleetRelease, type NewImage, releaseOf } from "./release";
import { fleetRisk, type RiskInput } from "./risk";
import type { SimulatedSeconds } from "./simulation";
import type { Stage } from "./stages";

/** What somebody says of the fleet. */
interface FleetOptions extends Omit<CanaryInput, "risk">, Pick<RiskInput, "cutsPerDeviceAndDay"> {
  readonly simulation?: SimulatedSeconds | undefined;
  /** Of Crossflash. */
  readonly toolVersion: string;
}

export interface NewBundle {
  readonly release: FleetRelease;
  readonly files: readonly BundleFile[];
  /** What does not speak against it, and is worth knowing. */
  readonly findings: readonly ImageFinding[];
}

/** `unreadable`: a file is not there, or cannot be read; `refused`: it must not be done, or something is wrong. */
type BundleFault = "unreadable" | "refused";

/**
 * The bundle of a migration, from images that were looked at as the update server does it. There is none where the plan has
 * an error, the verdict is refused or an image is missing. `read` of the files has to give whole images.
 */
export async function makeBundle(
  place: MigrationPlace,
  stated: StatedMigration,
  host: Files,
  options: FleetOptions,
): Promise<Result<NewBundle, BundleFault>> {
  const files = readOnce(host);
  const delivery = await readDelivery(place, stated, files);
  if (!delivery.ok) return failure(reasonOf(delivery.reason), 0, delivery.message);
  const { findings, images } = delivery.value;
  if (hasErrors(findings)) return failure("refused", 0, messagesOf(findings));
  const chosen = bothImages(images);
  if (!chosen)
    return failure(
      "refused",
      0,
      "There is no repartitioner. Build the one of the project, or name its file.",
    );
  const read = await readMigration(place, withPlainName(stated), files);
  const manifest = await files.read(place.manifestPath);
  if (!read.ok) return failure(reasonOf(read.reason), 0, read.message);
  if (!manifest) return failure("unreadable", 0, "The manifest is not there any more. Try again.");
  const { delivery: addresses = {} } = read.value.manifest;
  const report = migrationReport({ ...read.value, toolVersion: options.toolVersion });
  if (options.simulation && options.simulation.fingerprint !== report.fingerprint)
    return failure("refused", 0, OTHER_SIMULATION);
  const risk = fleetRisk({ ...options, plan: report.plan });
  const input = {
    report,
    chip: read.value.question.chip?.id,
    images: {
      repartitioner: newImage(chosen.repartitioner, undefined, addresses.repartitioner),
      micropython: newImage(chosen.micropython, read.value.question.app.release, addresses.micropython),
    },
    risk,
    rollout: proposeRollout({ ...options, risk }),
  };
  const release = releaseOf(input);
  if (!release.ok) return failure("refused", 0, release.message);
  return success({ release: release.value, files: bundleFiles(release.value, input, manifest), findings });
}

const OTHER_SIMULATION =
  "The simulation is of another migration: a file, or something that was stated, was another one. Simulate again, with the same options as here.";

const reasonOf = (reason: string): BundleFault => (reason === "unreadable" ? "unreadable" : "refused");

const messagesOf = (findings: readonly ImageFinding[]): string =>
  findings
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message)
    .join(" ");

function bothImages(
  images: readonly ServedImage[],
): Readonly<Record<Stage["image"], ServedImage>> | undefined {
  const [repartitioner, micropython] = (["repartitioner", "micropython"] as const).map((role) =>
    images.find(({ image }) => image === role),
  );
  return repartitioner && micropython ? { repartitioner, micropython } : undefined;
}

/** The bundle must not depend on from where somebody names the file. */
const withPlainName = (stated: StatedMigration): StatedMigration =>
  stated.repartitioner
    ? { ...stated, repartitioner: { ...stated.repartitioner, name: basename(stated.repartitioner.path) } }
    : stated;

/** A release goes into the names of files and of modules. */
const newImage = (
  { bytes }: ServedImage,
  release: string | undefined,
  address: string | undefined,
): NewImage => ({
  bytes,
  release: release === undefined ? undefined : `v${release.replace(/^v/, "").replace(/[^\w.-]/g, "_")}`,
  address,
});
