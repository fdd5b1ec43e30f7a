import { proposeRollout } from "../../../core/fleet/canary";
import { type FleetRelease, type ReleaseInput, releaseOf } from "../../../core/fleet/release";
import { fleetRisk } from "../../../core/fleet/risk";
import { sha256Hex } from "../../../core/image/sha256Hex";
import { type Given, reportOf } from "../migrate/report/reports";

/** Releases for tests. */

export const devices = 1000;
export const FILTER = "metadata.site==hall,controllerId==lab-*";

const repartitioner = new Uint8Array(64).fill(0xe9);
const micropython = new Uint8Array(96).fill(0xe9);

/** A report whose images are these few bytes. */
export function inputOf(given: Given = {}, count: number | undefined = devices): ReleaseInput {
  const report = reportOf(given);
  const image = (bytes: Uint8Array) => ({ size: bytes.length, sha256: sha256Hex(bytes) });
  const risk = fleetRisk({ plan: report.plan, cutsPerDeviceAndDay: 1 });
  return {
    report: { ...report, images: { repartitioner: image(repartitioner), micropython: image(micropython) } },
    chip: "esp32",
    images: {
      repartitioner: { bytes: repartitioner, address: "http://ota.example.com/repartitioner.bin" },
      micropython: { bytes: micropython, release: "v1.23.0" },
    },
    risk,
    rollout: proposeRollout({ risk, devices: count, confidence: 0.95, tolerated: 0.05 }),
  };
}

export const manifest = new TextEncoder().encode("{}\n");

export function made(input: ReleaseInput): FleetRelease {
  const release = releaseOf(input);
  if (!release.ok) throw new Error(release.message);
  return release.value;
}

export const release = made(inputOf());

export const imagesOf: ReadonlyMap<string, Uint8Array> = new Map(
  release.images.map(({ role, path }) => [path, role === "repartitioner" ? repartitioner : micropython]),
);
