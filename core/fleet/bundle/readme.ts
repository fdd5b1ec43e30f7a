import { bytesText } from "../../migrate/bytesText";
import type { RolloutGroup } from "../canary";
import { type FleetRelease, imageOf, type ReleaseImage } from "../release";
import { patternText, type Stage } from "../stages";
import { SUMS_NAME } from "./sums";

/** Order and gates in words, for who holds the folder and nothing else. */
export const readme = (release: FleetRelease): string => `# Release ${release.version}

From the firmware of today to MicroPython, over the air${release.chip === null ? "" : `, on ${release.chip}`}. Fingerprint of the migration: \`${release.fingerprint}\`.

${release.conclusion.join(" ")} Verdict: **${release.verdict}**. The whole plan: [plan.md](plan.md).

## Images

| what | file | size | SHA-256 |
| --- | --- | --- | --- |
${release.images.map(imageRow).join("\n")}

\`sha256sum -c ${SUMS_NAME}\` verifies the whole folder. Any static host or CDN can serve it as it is, as long as it sends \`Content-Length\` and answers requests for ranges.
${release.images.map(addressLine).join("\n")}

## Order

${release.stages.map((stage) => stageText(release, stage)).join("\n\n")}

The second stage begins when the *table is verified*, not when an image was downloaded: a device between the two has a partition table that the image of the first firmware does not fit.

## Power

${powerText(release)}

${release.risk.assumptions.map((sentence) => `* ${sentence}`).join("\n")}

## Groups

${groupsText(release.rollout.groups)}

${release.rollout.reasons.map((sentence) => `* ${sentence}`).join("\n")}

## Fleet servers

* Eclipse hawkBit: \`crossflash publish\` makes modules, distribution sets, target filter and rollout; \`hawkbit/relay.json\` says what has to be reported for the devices.
* AWS IoT Jobs: \`aws-iot/\` has the input of CreateJob for each stage.
* ThingsBoard: \`thingsboard/\` has the OTA package of each stage.
* Mender: \`mender/\` has the command that packs the artifact of each stage.
`;

const imageRow = ({ role, path, size, sha256 }: ReleaseImage): string =>
  `| ${role} | [${path}](${path}) | ${bytesText(size)} | \`${sha256}\` |`;

const named: Readonly<Record<ReleaseImage["role"], string>> = {
  repartitioner: "the repartitioner",
  micropython: "MicroPython",
};

const addressLine = ({ role, path, address }: ReleaseImage): string =>
  address === null
    ? `The manifest names no address of ${named[role]}.`
    : `Devices look for ${named[role]} at \`${address}\`, which has to lead to \`${path}\`.`;

function stageText(release: FleetRelease, stage: Stage): string {
  const { path } = imageOf(release, stage.image);
  return [
    `${stage.order}. **${stage.id}**: \`${path}\` through: ${lowered(stage.channel)}`,
    `   * Begins: ${stage.gate ? `${lowered(stage.gate.sentence)} Its report: \`${patternText(stage.gate.report)}\`, kept as \`${stage.gate.attribute.name}=${stage.gate.attribute.value}\`.` : "after this release has worked on a lab board."}`,
    `   * Done: ${lowered(stage.done.sentence)} Its report: \`${patternText(stage.done.report)}\`.`,
    `   * Somebody has to look after: ${stage.failures.map((failure) => `\`${patternText(failure)}\``).join(", ")}.`,
  ].join("\n");
}

/** A name keeps its capitals. */
const lowered = (sentence: string): string =>
  sentence.startsWith("MicroPython") ? sentence : `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

const powerText = ({ hazardWindow, risk }: FleetRelease): string => {
  const { hazardSeconds, perDevice, stuckSeconds, stuckPerDevice } = risk;
  const stuck =
    stuckSeconds && stuckPerDevice
      ? ` For ${stuckSeconds.typical} seconds, at most ${stuckSeconds.most}, a cut leaves a device that somebody has to visit: a probability of ${stuckPerDevice.typical}, at most ${stuckPerDevice.most}.`
      : "";
  return `The power of a device must not fail during \`${hazardWindow}\`: ${hazardSeconds.typical} seconds, at most ${hazardSeconds.most}. At the stated rate of cuts that bricks a device with a probability of ${perDevice.typical}, at most ${perDevice.most}.${stuck}`;
};

const groupsText = (groups: readonly RolloutGroup[]): string =>
  [
    "| group | devices | goes on at | stops above |",
    "| --- | --- | --- | --- |",
    ...groups.map(
      ({ name, size, successPercent, errorPercent }) =>
        `| ${name} | ${size} | ${successPercent} % verified | ${errorPercent} % failed |`,
    ),
  ].join("\n");
