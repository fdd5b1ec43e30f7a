import { type FleetRelease, imageOf } from "../release";
import { patternText, type Stage } from "../stages";

/**
 * Input of `aws iot create-job --cli-input-json` for one stage: fields of CreateJob of the AWS IoT API. What stands in
 * angle brackets only the account knows. The job document is whatever the devices understand; this is what it must say.
 */
export function awsIotJob(release: FleetRelease, stage: Stage): object {
  const image = imageOf(release, stage.image);
  const [canary] = release.rollout.groups;
  return {
    jobId: `crossflash-${release.version}-${stage.id}`,
    targets: [
      stage.gate
        ? `<ARN of the dynamic thing group with the query attributes.${stage.gate.attribute.name}:${stage.gate.attribute.value}>`
        : "<ARN of the thing group of the devices, first that of the canary>",
    ],
    // A continuous job also takes the devices that come into the group later, which is how they pass the gate.
    targetSelection: stage.gate ? "CONTINUOUS" : "SNAPSHOT",
    description: stage.done.sentence,
    document: JSON.stringify({
      operation: `crossflash-${stage.id}`,
      url: `\${aws:iot:s3-presigned-url:https://s3.<region>.amazonaws.com/<bucket>/${image.path}}`,
      size: image.size,
      sha256: image.sha256,
      succeededWhen: patternText(stage.done.report),
      failedWhen: stage.failures.map(patternText),
    }),
    jobExecutionsRolloutConfig: {
      exponentialRate: {
        baseRatePerMinute: Math.min(1000, Math.max(1, canary?.size ?? 1)),
        incrementFactor: 3,
        rateIncreaseCriteria: { numberOfSucceededThings: Math.max(1, canary?.size ?? 1) },
      },
      maximumPerMinute: 1000,
    },
    abortConfig: {
      criteriaList: (["FAILED", "TIMED_OUT"] as const).map((failureType) => ({
        failureType,
        action: "CANCEL",
        thresholdPercentage: Math.max(1, Math.round(release.rollout.detectedShare * 100)),
        minNumberOfExecutedThings: Math.max(1, canary?.size ?? 1),
      })),
    },
    timeoutConfig: { inProgressTimeoutInMinutes: 60 },
  };
}
