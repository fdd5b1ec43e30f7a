import type { Analysis } from "../../core/analyse";
import { advise } from "../../core/compat/advice";
import { verdict } from "../../core/compat/verdict";
import { compatQuestion, manifestBootloader } from "../../core/migrate/read/compatQuestion";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import type { Files } from "../../core/project/surroundings";
import { analyseFile } from "../analyseFile";
import { format } from "../board/options";
import { reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import type { Io } from "../io";
import { appOf } from "../migration/app";
import { compatFacts, compatLines } from "../migration/compatReport";
import { type BootloaderOptions, claimsOf, namesBootloader, statedBy } from "../migration/devices";
import { errorsOf, type Migration, readManifest, type ValuePath } from "../migration/manifest";
import { bootloader, stated } from "../migration/options";
import { text } from "../options";
import { problemLines } from "../report/text";
import { filesOf } from "../surroundings";

export default defineCommand({
  name: "compat",
  summary: "Say whether the bootloader of devices starts a MicroPython, and which would fit.",
  description:
    "Compares the ESP-IDF of the bootloader, which stays on the devices, with the one of the app, and looks at everything else that decides whether the app starts. Each reason names its evidence and of which kind it is. What the command line leaves out is taken from the crossflash.json of this folder, where there is one; the bootloader is read from its own image or from the dump of a flash.\n\nExit code 0 means supported, 1 refused, risky or unknown: what nobody said is unknown, and unknown is not fine. A release alone is never supported, because only its binary names the chips that it runs on.",
  operand: { value: "BOOTLOADER.bin", optional: true },
  options: {
    ...bootloader,
    micropython: text("FILE|VERSION", "The MicroPython: a binary, or a release such as 1.20."),
    table: text("FILE.csv", "The target table: how much flash it takes, and whether it has its MD5 row."),
    ...stated,
    format,
  },
  run: ({ files: [image], options }, io) =>
    reported(io, options.format, async (reporter) => {
      const { micropython } = options;
      const files = filesOf(io);
      const migration = io.exists(MANIFEST_NAME)
        ? await readManifest(MANIFEST_NAME, files, io, replacedBy(image, options))
        : undefined;
      if (!migration && !namesBootloader(image, options) && micropython === undefined)
        throw new Stop(2, NOTHING);
      const claims = await claimsOf(image, options, io);
      const app = await appOf(micropython, migration, files, io);
      const known = {
        manifest: migration?.manifest ?? {},
        bootloader:
          migration && (await manifestBootloader(migration.manifest, migration.find, files.inspect)),
        app: app ?? {},
        target: await targetOf(options.table, migration, files, io),
      };
      const question = compatQuestion(known, { ...statedBy(options), bootloader: claims });
      const answer = app && verdict(question);
      const report = { question, verdict: answer, advice: advise(question) };
      reporter.add(compatFacts(report));
      reporter.say(compatLines(report));
      const errors = migration ? errorsOf(migration.file) : [];
      if (migration) reporter.note(problemLines({ ...migration.file, problems: errors }));
      return answer?.verdict === "supported" && errors.length === 0 ? 0 : 1;
    }),
});

const NOTHING = `Say which bootloader the devices have: BOOTLOADER.bin, --bootloader or --arduino. There is no ${MANIFEST_NAME} here that does.`;

interface Told extends BootloaderOptions {
  readonly micropython?: string | undefined;
  readonly table?: string | undefined;
}

/** The values of the manifest that the command line takes the place of. */
const replacedBy = (image: string | undefined, told: Told): ValuePath[] => [
  ...(namesBootloader(image, told) ? bootloaderValues : []),
  ...(told.micropython === undefined ? [] : [["target", "micropython"]]),
  ...(told.table === undefined ? [] : [["target", "table"]]),
];

const bootloaderValues = [
  ["flashSize"],
  ["bootloader", "image"],
  ["bootloader", "idf"],
  ["bootloader", "arduino"],
];

async function targetOf(
  given: string | undefined,
  migration: Migration | undefined,
  files: Files,
  io: Io,
): Promise<Analysis | undefined> {
  const named = migration?.resolve(migration.manifest.target?.table);
  // That a table of the manifest is not there is a problem of the manifest, and shown as such.
  const path = given ?? (named !== undefined && io.exists(named) ? named : undefined);
  const analysed = path === undefined ? undefined : await analyseFile(path, {}, files, io);
  if (analysed && !analysed.ok) throw new Stop(2, analysed.message);
  return analysed?.value.analysis;
}
