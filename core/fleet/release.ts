import type { Verdict } from "../compat/evidence";
import { sha256Hex } from "../image/sha256Hex";
import type { MigrationReport } from "../migrate/report/report";
import { failure, type Result, success } from "../result";
import type { Rollout } from "./canary";
import type { FleetRisk } from "./risk";
import { type Stage, stagesOf } from "./stages";

/** The form of `release.json`; another number where something in it gets another meaning or goes. */
export const RELEASE_FORM = "crossflash-release-1";

/** What a fleet server needs to know of a migration: plain data, as it stands in `release.json`. Sizes in bytes. */
export interface FleetRelease {
  readonly form: typeof RELEASE_FORM;
  /** Of the migration; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** Its first twelve digits: the version under which all of it is published. */
  readonly version: string;
  readonly toolVersion: string;
  /** Id of the chip, such as `esp32`; null where it is not known. */
  readonly chip: string | null;
  readonly verdict: Exclude<Verdict, "refused">;
  /** What the plan comes to, in whole sentences. */
  readonly conclusion: readonly string[];
  readonly images: readonly ReleaseImage[];
  readonly stages: readonly Stage[];
  /** The step during which the power of a device must not fail. */
  readonly hazardWindow: string;
  readonly risk: FleetRisk;
  readonly rollout: Rollout;
}

export interface ReleaseImage {
  readonly role: Stage["image"];
  /** Of the file in the folder. */
  readonly path: string;
  readonly version: string;
  readonly size: number;
  readonly sha256: string;
  /** The address from the manifest under which the devices will look for it; null where it names none. */
  readonly address: string | null;
}

/** An image as it is sent to devices. */
export interface NewImage {
  readonly bytes: Uint8Array;
  /** Such as `v1.23.0`, where it has one. */
  readonly release?: string | undefined;
  readonly address?: string | undefined;
}

export interface ReleaseInput {
  readonly report: MigrationReport;
  readonly chip: string | undefined;
  readonly images: Readonly<Record<Stage["image"], NewImage>>;
  readonly risk: FleetRisk;
  readonly rollout: Rollout;
}

type ReleaseFault = "plan" | "refused" | "changed";

/** The release of a migration that may be done. `at` of a failure is always 0. */
export function releaseOf(input: ReleaseInput): Result<FleetRelease, ReleaseFault> {
  const { report, chip, images, risk, rollout } = input;
  const { plan, conclusion, fingerprint } = report;
  const errors = plan.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0 || plan.routes.length === 0)
    return failure("plan", 0, `The plan has errors. ${errors[0]?.message ?? "It has no steps."}`);
  if (conclusion.verdict === "refused") return failure("refused", 0, conclusion.sentences.join(" "));
  const version = fingerprint.slice(0, 12);
  const stages = stagesOf(version);
  const described = stages.map(({ image }) => releaseImage(image, images[image]));
  const other = described.find(({ role, sha256 }) => report.images[role].sha256 !== sha256);
  if (other)
    return failure("changed", 0, `The ${other.role} is not the one that was planned with. Try again.`);
  return success({
    form: RELEASE_FORM,
    fingerprint,
    version,
    toolVersion: report.toolVersion,
    chip: chip ?? null,
    verdict: conclusion.verdict,
    conclusion: conclusion.sentences,
    images: described,
    stages,
    hazardWindow: plan.routes[0]?.hazardWindow ?? "",
    risk,
    rollout,
  });
}

/** The name says what is in the file, so that no cache along the way can hold an older one under it. */
function releaseImage(role: Stage["image"], { bytes, release, address }: NewImage): ReleaseImage {
  const hash = sha256Hex(bytes);
  const version = [...(release === undefined ? [] : [release]), hash.slice(0, 12)].join("-");
  return {
    role,
    path: `images/${role}-${version}.bin`,
    version,
    size: bytes.length,
    sha256: hash,
    address: address ?? null,
  };
}

export const imageOf = ({ images }: Pick<FleetRelease, "images">, role: Stage["image"]): ReleaseImage => {
  const found = images.find((image) => image.role === role);
  if (!found) throw new Error(`The release has no ${role}.`);
  return found;
};
