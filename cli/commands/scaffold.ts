import { parseIdfVersion } from "../../core/compat/idfVersion";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { success } from "../../core/result";
import { prepareScaffold } from "../../core/scaffold/prepare";
import { format } from "../board/options";
import { reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { claimsOf, statedBy } from "../migration/devices";
import { errorsOf, readManifest } from "../migration/manifest";
import { bootloader, runningSlot, stated } from "../migration/options";
import { newFiles, refuseLinks } from "../migration/scaffolding";
import { checkLines, factsOf, hasOwnHeader, isCurrent, toldLines } from "../migration/scaffoldReport";
import { flag, oneOf, refused, text } from "../options";
import { problemLines } from "../report/text";
import { filesOf, relativePath, rootOf, wholeFilesOf } from "../surroundings";

export default defineCommand({
  name: "scaffold",
  summary: "Make the project that builds the repartitioner, or bring it up to date.",
  description:
    "Reads crossflash.json and its files, and writes a complete project for the ESP-IDF that the bootloader of the devices asks for: sources, CMake and, up to v4.4, make, the table of the devices, sdkconfig.defaults, repartition.h with everything that the repartitioner is told, and a README with the steps to build and to deliver it.\n\nRun again, it updates what it made before. Files that somebody has changed since are left alone and named, unless --force is given; main/rp_secrets.h is never touched. Nothing is written where the plan has errors or the verdict is refused, and all files are written or none.\n\nExit code 1 where no project can be made, where --check finds something out of date, and where a repartition.h that somebody has changed is not what the migration needs.",
  operand: { value: MANIFEST_NAME, optional: true },
  options: {
    output: text(
      "FOLDER",
      "Where the project goes; the one whose header crossflash.json names, else 'repartitioner' beside it.",
      "o",
    ),
    idf: oneOf(
      "VERSION",
      "The ESP-IDF to build with, such as v4.4, from then on; that of the bootloader unless told otherwise.",
      (given) =>
        parseIdfVersion(given) ? success(given) : refused(`must be a version such as v4.4, not '${given}'`),
    ),
    force: flag("Replace files that somebody has changed."),
    check: flag("Write nothing; exit code 1 when something is out of date."),
    "running-slot": runningSlot,
    ...bootloader,
    ...stated,
    format,
  },
  run: ({ files: [path = MANIFEST_NAME], options }, io) =>
    reported(io, options.format, async (reporter) => {
      const { file } = await readManifest(path, filesOf(io), io);
      reporter.note(problemLines({ ...file, problems: errorsOf(file) }));
      const manifestPath = io.absolute(path);
      const prepared = await prepareScaffold(
        {
          place: { manifestPath, root: rootOf(manifestPath, io) },
          stated: {
            ...statedBy(options),
            bootloader: await claimsOf(undefined, options, io),
            runningSlot: options["running-slot"],
            environment: io.environment,
          },
          folder: options.output === undefined ? undefined : io.absolute(options.output),
          idf: options.idf,
          templates: io.firmware(),
          toolVersion: io.version(),
        },
        wholeFilesOf(io),
      );
      if (!prepared.ok) throw new Stop(codes[prepared.reason] ?? 1, prepared.message);
      refuseLinks(prepared.value, io);
      const files = newFiles(prepared.value, manifestPath, options.force, io);
      reporter.add(factsOf(prepared.value));
      reporter.note(prepared.value.notes.map((note) => `crossflash: ${note}`));
      const shown = relativePath(prepared.value.folder, io) || ".";
      if (options.check) {
        reporter.say(checkLines(prepared.value, files.length, shown));
        return isCurrent(prepared.value, files.length) ? 0 : 1;
      }
      const written = io.writeFiles(files);
      if (!written.ok) throw new Stop(2, written.message);
      reporter.add({ written: files.map((one) => one.path) });
      reporter.say(toldLines(prepared.value, { count: files.length, force: options.force, shown }));
      return hasOwnHeader(prepared.value) && !options.force ? 1 : 0;
    }),
});

/** What is not there, or where nothing may be written; everything else is a migration that is not right. */
const codes: Readonly<Record<string, 1 | 2>> = {
  unreadable: 2,
  incomplete: 2,
  "over-input": 2,
  sources: 2,
};
