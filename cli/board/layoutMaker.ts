import { hasErrors } from "../../core/analyse";
import { flashLayout } from "../../core/job/flashLayout";
import { type FieldStart, restoreFieldState } from "../../core/job/restoreFieldState";
import { isComplete } from "../../core/table/entry";
import { type AnalysedFile, analyseFile } from "../analyseFile";
import type { Io } from "../io";
import { shownPath } from "../readText";
import { problemLines } from "../report/text";
import { filesOf } from "../surroundings";
import { type FactOptions, toldFacts } from "../toldFacts";
import { projectOf, readFile, readOptional } from "./project";
import type { Reporter } from "./reporter";
import type { Maker } from "./runJob";
import { Stop } from "./stop";

export interface LayoutOptions extends FactOptions {
  readonly bootloader?: string | undefined;
  readonly app?: string | undefined;
  readonly slot?: string | undefined;
  readonly otadata?: string | undefined;
}

/** The table as it is, MicroPython in its slot, and what makes it start. */
export async function layoutMaker(
  given: string | undefined,
  options: LayoutOptions,
  io: Io,
  reporter: Reporter,
): Promise<Maker> {
  const project = given === undefined ? await projectOf(undefined, io) : undefined;
  const file = given ?? project?.resolve(project.manifest.target?.table);
  if (file === undefined) throw new Stop(2, NO_TABLE);
  const analysed = await analysedFile(file, options, io);
  if (hasErrors(analysed.analysis)) {
    const problems = analysed.table.problems.filter(({ severity }) => severity === "error");
    reporter.note(problemLines({ ...analysed.table, problems }));
    throw new Stop(1, `Nothing was done, because ${shownPath(file)} has errors.`);
  }
  const binary = options.micropython ?? analysed.micropython;
  if (binary === undefined) throw new Stop(2, NO_MICROPYTHON);
  const micropython = await readFile(binary, io);
  const bootloader = await readOptional(options.bootloader, io);
  const { analysis } = analysed;
  return (found) => flashLayout({ analysis, micropython, bootloader, present: found?.present.table });
}

const NO_TABLE = "Say which table: FILE.csv. There is no crossflash.json here that names one.";
const NO_MICROPYTHON =
  "Say which MicroPython to flash with --micropython BIN; there is no crossflash.json that names one.";
const NO_APP = "Say which app the devices run with --app BIN; there is no crossflash.json that names one.";

async function analysedFile(file: string, options: FactOptions, io: Io): Promise<AnalysedFile> {
  const told = await toldFacts(options, io);
  if (!told.ok) throw new Stop(2, told.message);
  const analysed = await analyseFile(file, told.value, filesOf(io), io);
  if (!analysed.ok) throw new Stop(2, analysed.message);
  return analysed.value;
}

/** What the devices have today: source table, app, and the bootloader where the manifest names it. */
export async function fieldMaker(given: string | undefined, options: LayoutOptions, io: Io): Promise<Maker> {
  const project = await projectOf(given, io);
  const { source, bootloader: known } = project?.manifest ?? {};
  const file = project?.resolve(source?.table) ?? given;
  if (file === undefined) throw new Stop(2, NO_TABLE);
  const { analysis } = await analysedFile(file, { ...options, micropython: undefined }, io);
  const { table, facts } = analysis;
  const entries = table.entries.filter(isComplete);
  if (entries.length < table.rows.length)
    throw new Stop(
      1,
      `${shownPath(file)} has rows that cannot be read. Run 'crossflash check ${shownPath(file)}'.`,
    );
  const path = options.app ?? project?.resolve(source?.app);
  if (path === undefined) throw new Stop(2, NO_APP);
  const app = await readFile(path, io);
  const bootloader = await readOptional(options.bootloader ?? project?.resolve(known?.image), io);
  const start = await startOf(options, io);
  return (found) =>
    restoreFieldState({
      source: { tableOffset: facts.tableOffset, entries, md5Row: facts.md5Row },
      app,
      start,
      bootloader,
      present: found?.present.table,
    });
}

/** What makes the app start: otadata as it was read from a device, the slot that is named, or blank otadata. */
async function startOf({ slot, otadata }: LayoutOptions, io: Io): Promise<FieldStart> {
  if (otadata !== undefined) return { kind: "otadata", bytes: (await readFile(otadata, io)).bytes };
  return slot === undefined ? { kind: "blank" } : { kind: "slot", name: slot };
}
