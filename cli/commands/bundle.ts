import { RELEASE_NAME } from "../../core/fleet/bundle/files";
import { DEFAULT_CONFIDENCE, DEFAULT_TOLERATED, MOST_DEVICES } from "../../core/fleet/canary";
import { makeBundle, type NewBundle } from "../../core/fleet/makeBundle";
import { DEFAULT_CUT_RATE } from "../../core/fleet/risk";
import { type SimulatedSeconds, simulatedSeconds } from "../../core/fleet/simulation";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { join } from "../../core/project/paths";
import { decodeText } from "../../core/text/decode";
import { format } from "../board/options";
import { readFile } from "../board/project";
import { reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { devices, partOf, rate } from "../fleet/options";
import type { Io } from "../io";
import { claimsOf, statedBy } from "../migration/devices";
import { errorsOf, readManifest } from "../migration/manifest";
import { bootloader, runningSlot, stated } from "../migration/options";
import { requiredText, text } from "../options";
import { styled } from "../report/line";
import { problemLines } from "../report/text";
import { filesOf, rootOf, wholeFilesOf } from "../surroundings";

export default defineCommand({
  name: "bundle",
  summary: "Write a release folder of a migration for a fleet server, a static host or a CDN.",
  description:
    "Reads crossflash.json and its files, looks at both images as the update server does, and writes a folder with everything that a fleet server needs: the images under names that say what is in them, SHA256SUMS, release.json with its JSON schema, order and gates in words, a canary whose size follows from the risk, and the documents for AWS IoT Jobs, ThingsBoard, Mender and a relay to hawkBit. 'crossflash publish' publishes such a folder. The same files give the same bytes.\n\nNothing is written where the plan has errors, the verdict is refused or an image is not what the devices need. Each file is replaced as a whole, and all of them or none; what is there and of no bundle is left alone.",
  operand: { value: MANIFEST_NAME, optional: true },
  options: {
    output: requiredText("FOLDER", "Where the folder goes.", "o"),
    repartitioner: text(
      "BIN",
      "The repartitioner, where it is not the one in the build folder of its project.",
    ),
    devices: devices(
      `How many devices there are, at most ${MOST_DEVICES}. Without it only the canary is proposed, and hawkBit gets no groups.`,
    ),
    "cut-rate": rate(
      `How often the power of a device fails, a day; ${DEFAULT_CUT_RATE} unless told otherwise.`,
    ),
    simulation: text(
      "JSON",
      "The report of 'crossflash simulate --format json' of this migration, from which the risk is taken; the plan's hazard window unless told otherwise.",
    ),
    confidence: partOf(
      50,
      99.99,
      `With which probability a fault is to show in the canary; ${DEFAULT_CONFIDENCE * 100} unless told otherwise.`,
    ),
    tolerate: partOf(
      0.01,
      50,
      `The share of devices that you are ready to lose to a fault that nobody knows of; ${DEFAULT_TOLERATED * 100} unless told otherwise. A smaller one needs a larger canary.`,
    ),
    "running-slot": runningSlot,
    ...bootloader,
    ...stated,
    format,
  },
  run: ({ files: [path = MANIFEST_NAME], options }, io) =>
    reported(io, options.format, async (reporter) => {
      const { output, repartitioner: name } = options;
      if (name !== undefined) await readFile(name, io);
      const { file } = await readManifest(path, filesOf(io), io);
      reporter.note(problemLines({ ...file, problems: errorsOf(file) }));
      const manifestPath = io.absolute(path);
      const made = await makeBundle(
        { manifestPath, root: rootOf(manifestPath, io) },
        {
          ...statedBy(options),
          bootloader: await claimsOf(undefined, options, io),
          runningSlot: options["running-slot"],
          repartitioner: name === undefined ? undefined : { name, path: io.absolute(name) },
          environment: io.environment,
        },
        wholeFilesOf(io),
        {
          devices: options.devices,
          cutsPerDeviceAndDay: options["cut-rate"] ?? DEFAULT_CUT_RATE,
          simulation:
            options.simulation === undefined ? undefined : await simulationIn(options.simulation, io),
          confidence: options.confidence ?? DEFAULT_CONFIDENCE,
          tolerated: options.tolerate ?? DEFAULT_TOLERATED,
          toolVersion: io.version(),
        },
      );
      if (!made.ok)
        throw new Stop(made.reason === "unreadable" ? 2 : 1, `'${output}' was not written. ${made.message}`);
      reporter.note(made.value.findings.map(({ message }) => [styled("warning", "warning:"), ` ${message}`]));
      const written = writeBundle(made.value, output, io);
      reporter.add({ release: made.value.release, written });
      reporter.say([...releaseLines(made.value), `${written.length} files were written into '${output}'.`]);
      return 0;
    }),
});

async function simulationIn(path: string, io: Io): Promise<SimulatedSeconds> {
  const text = decodeText((await readFile(path, io)).bytes);
  const read = simulatedSeconds(text.ok ? parsedJson(text.value) : undefined);
  if (!read.ok) throw new Stop(1, `'${path}' cannot be used. ${read.message}`);
  return read.value;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeBundle({ files }: NewBundle, folder: string, io: Io): readonly string[] {
  const placed = files.map(({ path, bytes }) => ({ path: join(folder, path), bytes }));
  const outside = placed.find(({ path }) => !io.landsInside(folder, path));
  if (outside) throw new Stop(2, `'${outside.path}' was not written, because it leads out of '${folder}'.`);
  const foreign = io.exists(join(folder, RELEASE_NAME))
    ? undefined
    : placed.find(({ path }) => io.exists(path));
  if (foreign)
    throw new Stop(
      2,
      `Nothing was written: '${foreign.path}' is there, and is of no bundle. Name a folder that is new, empty, or holds an older bundle.`,
    );
  const written = io.writeFiles(placed);
  if (!written.ok) throw new Stop(2, written.message);
  return placed.map(({ path }) => path);
}

const releaseLines = ({ release }: NewBundle): string[] => [
  `Release ${release.version}, verdict ${release.verdict}.`,
  ...release.conclusion,
  ...release.images.map(({ role, path, size }) => `${role}: ${path} (${size} bytes)`),
  `Power must not fail for ${release.risk.hazardSeconds.typical} to ${release.risk.hazardSeconds.most} seconds: at the stated rate that bricks a device with a probability of ${release.risk.perDevice.typical} to ${release.risk.perDevice.most}.`,
  `Groups: ${release.rollout.groups.map(({ name, size }) => `${name} ${size}`).join(", ")}.`,
  ...release.rollout.reasons,
];
