import { readMigration, type StatedMigration } from "../../core/migrate/read/readMigration";
import { reportHtml } from "../../core/migrate/report/html";
import { reportJson } from "../../core/migrate/report/json";
import { reportMarkdown } from "../../core/migrate/report/markdown";
import { type MigrationReport, migrationReport } from "../../core/migrate/report/report";
import { reportText } from "../../core/migrate/report/text";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { readFile } from "../board/project";
import { type Reporter, reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { sameFileFault } from "../fault";
import { type Io, STANDARD_STREAM } from "../io";
import { type BootloaderOptions, claimsOf, type StatedOptions, statedBy } from "../migration/devices";
import { errorsOf, type Migration, readManifest } from "../migration/manifest";
import { bootloader, runningSlot, stated } from "../migration/options";
import { choice, text } from "../options";
import { readableJson } from "../report/jsonText";
import { styled } from "../report/line";
import { problemLines } from "../report/text";
import { filesOf, rootOf, wholeFilesOf } from "../surroundings";

const formats = ["text", "markdown", "html", "json"] as const;

const writers: Readonly<Record<(typeof formats)[number], (report: MigrationReport) => string>> = {
  text: reportText,
  markdown: reportMarkdown,
  html: reportHtml,
  json: (report) => readableJson(reportJson(report)),
};

export default defineCommand({
  name: "plan",
  summary: "Write the plan of a migration, to read and to sign: steps, verdict, evidence.",
  description:
    "Reads crossflash.json and its files, and writes what happens to a device on its way to MicroPython, step by step and from each slot from which it may run: what is changed, what the device can start after it, what a loss of power does there. With it go the verdict of 'crossflash compat', every file with its SHA-256, and a fingerprint that tells whether two people mean the same migration. What stands in no file can be stated with options, and counts in the fingerprint.\n\nExit code 1 where the plan has errors or the verdict is refused; a plan with errors is shown, but not written into a file. An unknown or risky verdict is shown as what it is and gives 0: 'crossflash compat' is for scripts that insist.",
  operand: { value: MANIFEST_NAME, optional: true },
  options: {
    format: choice(formats, "How the plan is written; text unless told otherwise."),
    output: text("FILE", "Where the plan goes; standard output unless told otherwise.", "o"),
    repartitioner: text(
      "BIN",
      "The repartitioner, where it is not the one in the build folder of its project. Before there is one, the plan is made for the largest that fits.",
    ),
    "running-slot": runningSlot,
    ...bootloader,
    ...stated,
  },
  run: ({ files: [path = MANIFEST_NAME], options }, io) =>
    reported(io, "text", async (reporter) => {
      const { output = STANDARD_STREAM, repartitioner, format = "text" } = options;
      const migration = await readManifest(path, filesOf(io), io);
      refuseErrors(migration, reporter);
      const manifestPath = io.absolute(path);
      const place = { manifestPath, root: rootOf(manifestPath, io) };
      const read = await readMigration(place, await statedMigration(options, io), wholeFilesOf(io));
      if (!read.ok) throw new Stop(read.reason === "errors" ? 1 : 2, read.message);
      const report = migrationReport({ ...read.value, toolVersion: io.version() });
      if (output !== STANDARD_STREAM) {
        checkOutput(output, [path, repartitioner, ...report.inputs.map(({ name }) => name)], migration, io);
        refusePlan(report, output, reporter);
      }
      const written = io.write(output, new TextEncoder().encode(writers[format](report)));
      if (!written.ok) throw new Stop(2, written.message);
      if (output !== STANDARD_STREAM) reporter.say([...conclusionLines(report), `${output} was written.`]);
      return report.conclusion.verdict === "refused" ? 1 : 0;
    }),
});

interface PlanOptions extends StatedOptions, BootloaderOptions {
  readonly repartitioner?: string | undefined;
  readonly "running-slot"?: string | undefined;
}

async function statedMigration(options: PlanOptions, io: Io): Promise<StatedMigration> {
  const { repartitioner: name, "running-slot": runningSlot } = options;
  if (name !== undefined) await readFile(name, io);
  return {
    ...statedBy(options),
    bootloader: await claimsOf(undefined, options, io),
    runningSlot,
    repartitioner: name === undefined ? undefined : { name, path: io.absolute(name) },
    environment: io.environment,
  };
}

function refuseErrors({ file }: Migration, reporter: Reporter): void {
  const problems = errorsOf(file);
  reporter.note(problemLines({ ...file, problems }));
  if (problems.length > 0) throw new Stop(1, `No plan was made, because ${file.file} has errors.`);
}

/** A plan with errors has no steps: there is nothing to sign. */
function refusePlan({ plan: { problems } }: MigrationReport, output: string, reporter: Reporter): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  reporter.note(
    errors.map(({ message, id }) => [styled("error", "error:"), ` ${message} `, styled("faint", `[${id}]`)]),
  );
  if (errors.length > 0) throw new Stop(1, `'${output}' was not written, because the plan has errors.`);
}

/** Files are named as in the manifest, or as on the command line. */
function checkOutput(
  output: string,
  inputs: readonly (string | undefined)[],
  { resolve }: Migration,
  io: Io,
): void {
  const paths = inputs.flatMap((name) => [name ?? [], resolve(name) ?? []].flat());
  if (paths.some((input) => io.isSameFile(input, output))) throw new Stop(2, sameFileFault(output).message);
}

const conclusionLines = ({ conclusion: { sentences }, fingerprint }: MigrationReport): string[] => [
  ...sentences,
  `Fingerprint: ${fingerprint}`,
];
