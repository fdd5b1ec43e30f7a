import type { CompatVerdict } from "../compat/verdict";
import { verdict } from "../compat/verdict";
import type { MigrationPlan } from "../migrate/plan/plan";
import { planMigration } from "../migrate/plan/planMigration";
import type { ReadMigration } from "../migrate/read/readMigration";
import { basename } from "../project/paths";
import { failure, type Result, success } from "../result";
import { type ConfigFault, configOf } from "../sim/repartitioner/configOf";
import { appName, PROJECT_NAME, publicAddresses } from "./addresses";
import { repartitionHeader } from "./header";
import { notesOf } from "./notes";
import { type ProjectIdf, projectIdf } from "./projectIdf";
import { readme } from "./readme/readme";
import { sdkconfigDefaults } from "./sdkconfigDefaults";
import { gitignore, secretsExample, secretsFile } from "./secrets";
import { arduinoSnippet, espIdfSnippet } from "./snippets";
import { sourceCsv } from "./sourceCsv";
import { sourceFiles, type Templates } from "./sources";

/** A file of a project. `generated` follows from the migration; `yours` is made once and never touched again. */
export interface ScaffoldFile {
  /** Seen from the folder of the project, `/`-separated. */
  readonly path: string;
  readonly text: string;
  readonly kind: "generated" | "yours";
}

export interface ScaffoldInput {
  readonly migration: ReadMigration;
  readonly templates: Templates;
  /** The ESP-IDF that somebody wants, such as "v4.4". */
  readonly idf?: string | undefined;
  readonly toolVersion: string;
}

/** The project of a repartitioner. */
export interface Scaffold {
  readonly files: readonly ScaffoldFile[];
  readonly idf: ProjectIdf;
  /** The ESP-IDF that somebody wanted; the next time too, unless told otherwise. */
  readonly toldIdf: string | undefined;
  /** Of the binary, without `.bin`. */
  readonly name: string;
  /** Sentences: what is not certain, and what the user has to add. */
  readonly notes: readonly string[];
}

/** `plan`: it has errors. `refused`: the devices would not start MicroPython. `sources`: there are none. */
export type ScaffoldFault = ConfigFault | "plan" | "refused" | "idf" | "sources";

/** Where the header of a project is. */
export const HEADER = "main/repartition.h";

/**
 * A project that builds the repartitioner of a migration. What an earlier project built, and what stands in its files,
 * does not count: it is about to be made again. The same input gives the same files.
 */
export function scaffold(input: ScaffoldInput): Result<Scaffold, ScaffoldFault> {
  const { migration, templates, toolVersion } = input;
  const plan = freshPlan(migration);
  const answer = verdict(migration.question);
  const refusal = refusalOf(plan, answer);
  if (refusal) return refusal;
  const idf = projectIdf(migration.question, input.idf);
  if (!idf.ok) return idf;
  const config = configOf(migration, migration.micropython);
  const { chip, md5Row, flashSize } = migration.facts;
  if (!config.ok) return config;
  if (!chip) return failure("no-chip", 0, "It is not known which chip the devices have.");
  const { name: csvPath, text: csvText } = migration.targetFile;
  const name = appName(migration.manifest) ?? PROJECT_NAME;
  const sources = sourceFiles(templates, idf.value, name);
  if (sources.length === 0) return failure("sources", 0, NO_SOURCES);
  const addresses = publicAddresses(migration.manifest);
  const generated = (path: string, text: string): ScaffoldFile => ({ path, text, kind: "generated" });
  const provenance = { csvName: basename(csvPath), csvText, toolVersion };
  const subject = { migration, config: config.value, plan, idf: idf.value, chip, name, addresses };
  const tableOffset = migration.source.tableOffset;
  return success({
    files: [
      ...sources,
      generated(HEADER, repartitionHeader(migration, config.value, provenance)),
      generated("partitions.csv", sourceCsv(migration.source.entries, idf.value, tableOffset)),
      generated(
        "sdkconfig.defaults",
        sdkconfigDefaults({
          idf: idf.value,
          chip,
          tableOffset,
          md5Row,
          flashSize,
          bootloaderFlash: migration.bootloaderFlash,
          addresses,
        }),
      ),
      generated(".gitignore", gitignore),
      generated("main/rp_secrets.example.h", secretsExample),
      generated("snippets/ota_call.c", espIdfSnippet({ url: addresses.repartitioner })),
      generated("snippets/ota_call.ino", arduinoSnippet({ url: addresses.repartitioner })),
      generated("README.md", readme(subject)),
      { path: "main/rp_secrets.h", text: secretsFile, kind: "yours" },
    ],
    idf: idf.value,
    toldIdf: input.idf,
    name,
    notes: notesOf({ migration, answer, idf: idf.value, chip, addresses }),
  });
}

const NO_SOURCES =
  "The sources of the repartitioner are not there: Crossflash is not installed whole. Install it again.";

/** As if nothing had been built: a project that is wrong is made right by making it again. */
const freshPlan = ({ source, target, images, facts }: ReadMigration): MigrationPlan =>
  planMigration({
    source,
    target,
    images: { ...images, repartitioner: { size: 0, sha256: undefined } },
    facts: { ...facts, build: undefined, header: undefined, repartitioner: undefined },
  });

function refusalOf({ problems }: MigrationPlan, { verdict: answer, reasons }: CompatVerdict) {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first) {
    const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
    return failure(
      "plan",
      0,
      `No project was made, because the plan has ${count}. The first: ${first.message}`,
    );
  }
  if (answer !== "refused") return undefined;
  const why = reasons.filter((one) => one.verdict === "refused").map(({ sentence }) => sentence);
  return failure(
    "refused",
    0,
    `No project was made, because the devices would not start MicroPython. ${why.join(" ")}`,
  );
}
