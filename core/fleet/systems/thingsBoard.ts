import { type FleetRelease, imageOf } from "../release";
import { patternText, type Stage } from "../stages";

/**
 * An OTA package of ThingsBoard: the body of `POST /api/otaPackage`, the parameters of the upload of its file, and what a
 * device, or a relay for it, reports as `fw_state`. What stands in angle brackets only the installation knows.
 */
export function thingsBoardPackage(release: FleetRelease, stage: Stage): object {
  const image = imageOf(release, stage.image);
  const title = `crossflash-${stage.image}`;
  return {
    package: {
      type: "FIRMWARE",
      title,
      version: image.version,
      tag: `${title} ${image.version}`,
      deviceProfileId: { entityType: "DEVICE_PROFILE", id: "<id of the device profile>" },
    },
    upload: {
      path: "/api/otaPackage/{id}",
      file: image.path,
      checksumAlgorithm: "SHA256",
      checksum: image.sha256,
    },
    assignTo: stage.gate
      ? `The devices whose attribute ${stage.gate.attribute.name} is ${stage.gate.attribute.value}: by a rule chain, one device after the other, never by the device profile.`
      : "The devices of a group, first the canary; never the device profile, which has all of them.",
    telemetry: [
      { line: patternText(stage.done.report), fw_state: "UPDATED", ...attributeOf(stage) },
      ...stage.failures.map((failure) => ({ line: patternText(failure), fw_state: "FAILED" })),
    ],
  };
}

const attributeOf = ({ done: { attribute } }: Stage) => ({ [attribute.name]: attribute.value });
