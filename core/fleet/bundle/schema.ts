import { RELEASE_FORM } from "../release";

export const SCHEMA_NAME = "release.schema.json";

const text = (description: string) => ({ type: "string", description });
const number = (description: string) => ({ type: "number", minimum: 0, description });
const sha256 = (description: string) => ({ type: "string", pattern: "^[0-9a-f]{64}$", description });
const texts = (description: string) => ({ type: "array", items: { type: "string" }, description });
const range = (description: string) => ({
  type: "object",
  required: ["typical", "most"],
  properties: { typical: number("What is typical."), most: number("The most.") },
  description,
});
const object = (description: string, properties: Readonly<Record<string, object>>) => ({
  type: "object",
  required: Object.keys(properties),
  properties,
  description,
});

const report = object("A line of the repartitioner: crossflash: step=… result=….", {
  step: text("The step."),
  result: { enum: ["started", "ok", "failed", "stopped"] },
});

const gate = object("What a device must have reported.", {
  sentence: text("In words."),
  report,
  attribute: object("What the fleet server keeps of it for the device.", {
    name: text("Name of the attribute."),
    value: text("Its value."),
  }),
});

/** JSON schema of `release.json`; it lies in every bundle, so that a program that reads one needs nothing else. */
export const releaseSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Release of a migration for a fleet server",
  ...object("Written by crossflash bundle.", {
    form: { const: RELEASE_FORM },
    fingerprint: sha256("Of the migration: two releases with the same one do the same."),
    version: text("The version under which all of it is published."),
    toolVersion: text("Of Crossflash."),
    chip: { type: ["string", "null"], description: "Id of the chip; null where it is not known." },
    verdict: { enum: ["supported", "risky", "unknown"] },
    conclusion: texts("What the plan comes to, in whole sentences."),
    images: {
      type: "array",
      description: "What goes onto the devices.",
      items: object("An image.", {
        role: { enum: ["repartitioner", "micropython"] },
        path: text("Of the file, seen from the folder of the bundle."),
        version: text("Release, where it has one, and the first twelve digits of its SHA-256."),
        size: number("Bytes."),
        sha256: sha256("Of the file."),
        address: {
          type: ["string", "null"],
          description: "Where the devices look for it, by crossflash.json.",
        },
      }),
    },
    stages: {
      type: "array",
      description: "The updates in their order.",
      items: object("An update as a fleet server sees it.", {
        id: { enum: ["table", "micropython"] },
        order: number("1 or 2."),
        image: { enum: ["repartitioner", "micropython"] },
        channel: text("Through what the image comes onto a device."),
        gate: {
          anyOf: [gate, { type: "null" }],
          description: "What must hold for a device before it gets the image.",
        },
        done: gate,
        failures: { type: "array", items: report, description: "Reports after which somebody has to look." },
      }),
    },
    hazardWindow: text("The step during which the power of a device must not fail."),
    risk: object("What a fleet loses although nothing is done wrong.", {
      source: { enum: ["plan", "simulation"] },
      hazardSeconds: range("How long the power must not fail."),
      stuckSeconds: { anyOf: [range("How long a cut leaves a device stuck."), { type: "null" }] },
      cutsPerDeviceAndDay: number("Stated, not measured."),
      perDevice: range("Probability that a device is bricked by a cut."),
      stuckPerDevice: { anyOf: [range("Probability that a cut leaves a device stuck."), { type: "null" }] },
      assumptions: texts("What the figures rest on."),
    }),
    rollout: {
      type: "object",
      required: ["detectedShare", "confidence", "groups", "reasons"],
      description: "How the fleet is begun with a few devices, and what stops it.",
      properties: {
        devices: number("How many there are; missing where nobody said."),
        detectedShare: number("A fault that hits at least this share is to show in the canary."),
        confidence: number("With this probability."),
        groups: {
          type: "array",
          description: "In their order; the first one is the canary.",
          items: object("A group.", {
            name: text("Its name."),
            size: number("Devices."),
            successPercent: number("The next group begins at this share of verified devices."),
            errorPercent: number("The rollout stops above this share of failures."),
          }),
        },
        reasons: texts("How the sizes came about."),
      },
    },
  }),
} as const;
