import { type FleetRelease, imageOf } from "../release";
import type { Stage } from "../stages";

/** Arguments of `mender-artifact` that pack one stage; the type of the payload is that of the update module on the devices. */
export const menderArtifact = (release: FleetRelease, stage: Stage): object => {
  const { path, version, sha256 } = imageOf(release, stage.image);
  return {
    command: [
      "mender-artifact",
      "write",
      "module-image",
      "--type",
      "crossflash",
      "--device-type",
      release.chip ?? "<device type>",
      "--artifact-name",
      `crossflash-${stage.image}-${version}`,
      "--file",
      path,
      "--output-path",
      `crossflash-${stage.image}-${version}.mender`,
    ],
    sha256,
    deployTo: stage.gate
      ? `A dynamic group with the filter ${stage.gate.attribute.name} = ${stage.gate.attribute.value} on the inventory.`
      : "The group of the devices, in phases; the first phase is the canary.",
  };
};
