import { parseIdfVersion } from "../../core/compat/idfVersion";
import { readMigration } from "../../core/migrate/read/readMigration";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { success } from "../../core/result";
import { scaffold } from "../../core/scaffold/scaffold";
import { format } from "../board/options";
import { reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { claimsOf, statedBy } from "../migration/devices";
import { errorsOf, readManifest } from "../migration/manifest";
import { bootloader, runningSlot, stated } from "../migration/options";
import { folderOf, inputsOf, newFiles, otherHeader, scaffolding } from "../migration/scaffolding";
import { checkLines, factsOf, hasOwnHeader, isCurrent, toldLines } from "../migration/scaffoldReport";
import { flag, oneOf, refused, text } from "../options";
import { problemLines } from "../report/text";
import { filesOf, relativePath, rootOf, wholeFilesOf } from "../surroundings";

export default defineCommand({
  name: "scaffold",
  summary: "Make the project that builds the repartitioner of a migration, or bring it up to date.",
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
      "The ESP-IDF to build with, such as v4.4; that of the bootloader unless told otherwise.",
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
      const place = { manifestPath, root: rootOf(manifestPath, io) };
      const migration = await readMigration(
        place,
        {
          ...statedBy(options),
          bootloader: await claimsOf(undefined, options, io),
          runningSlot: options["running-slot"],
          environment: io.environment,
        },
        wholeFilesOf(io),
      );
      if (!migration.ok) throw new Stop(migration.reason === "errors" ? 1 : 2, migration.message);
      const made = scaffold({
        migration: migration.value,
        templates: io.firmware(),
        idf: options.idf,
        toolVersion: io.version(),
      });
      if (!made.ok) throw new Stop(1, made.message);
      const folder = folderOf(options.output, manifestPath, migration.value, io);
      const found = await scaffolding(made.value, folder, inputsOf(migration.value, manifestPath), io);
      const files = newFiles(found, file.text, migration.value, { ...place, force: options.force }, io);
      reporter.add(factsOf(made.value, found, folder));
      const notes = [...made.value.notes, ...otherHeader(folder, manifestPath, migration.value)];
      reporter.note(notes.map((note) => `crossflash: ${note}`));
      const shown = relativePath(folder, io) || ".";
      if (options.check) {
        reporter.say(checkLines(found, files.length, shown));
        return isCurrent(found, files.length) ? 0 : 1;
      }
      const written = io.writeFiles(files);
      if (!written.ok) throw new Stop(2, written.message);
      reporter.add({ written: files.map((one) => one.path) });
      reporter.say(toldLines(made.value, found, { count: files.length, force: options.force, shown }));
      return hasOwnHeader(found.update) && !options.force ? 1 : 0;
    }),
});
