import { formatFlashSize, parseFlashSize } from "../../core/chip/flashSize";
import { type ChipTarget, chipById } from "../../core/chip/targets";
import { type ChosenBinary, noFacts } from "../../core/facts";
import { bytesText } from "../../core/migrate/bytesText";
import { NOT_KNOWN } from "../../core/migrate/report/words";
import type { ProposalInput } from "../../core/migrate/solve/proposal";
import { chosenBinary } from "../../core/project/chosenBinary";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { join } from "../../core/project/paths";
import { parseIntLiteral } from "../../core/text/python";
import { hex } from "../../core/text/units";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { filesOf, inspectBytes, relativePath } from "../surroundings";
import { type FieldTable, readFieldTable } from "./fieldTable";
import { type Migration, readManifest } from "./manifest";

export interface SituationOptions {
  readonly source?: string | undefined;
  readonly micropython?: string | undefined;
  readonly margin?: number | undefined;
  readonly "running-slot"?: string | undefined;
  readonly "give-up": readonly string[];
  readonly chip?: ChipTarget | undefined;
  readonly "flash-size"?: number | undefined;
  readonly "table-offset"?: number | undefined;
}

/** The devices as they are, and what they shall get. */
export interface Situation {
  readonly input: ProposalInput;
  readonly field: FieldTable;
  /** Paths as the user wrote them. */
  readonly source: string;
  readonly micropython: string;
  /** The manifest that is there already. */
  readonly migration: Migration | undefined;
}

/** From the command line, from the files that it names, and for the rest from the manifest in the folder. */
export async function situationOf(folder: string, options: SituationOptions, io: Io): Promise<Situation> {
  const path = relativePath(join(io.absolute(folder), MANIFEST_NAME), io);
  const migration = io.exists(path) ? await readManifest(path, filesOf(io), io) : undefined;
  const { manifest, resolve } = migration ?? {};
  const source = options.source ?? resolve?.(manifest?.source?.table);
  const micropython = options.micropython ?? resolve?.(manifest?.target?.micropython);
  if (source === undefined) throw new Stop(2, notNamed("table the devices have", "--source FILE"));
  if (micropython === undefined)
    throw new Stop(2, notNamed("MicroPython they shall get", "--micropython BIN"));
  const told = options["table-offset"];
  const offset = told ?? parseIntLiteral(manifest?.partitionTableOffset ?? "");
  const field = await readFieldTable(source, offset, io);
  if (told !== undefined && field.tableOffset !== undefined && field.tableOffset !== told)
    throw new Stop(2, `In '${source}' the table lies at ${hex(field.tableOffset)}, not at ${hex(told)}.`);
  const binary = await binaryIn(micropython, io);
  const flashSize = options["flash-size"] ?? field.flashSize ?? parseFlashSize(manifest?.flashSize ?? "");
  if (flashSize === undefined) throw new Stop(2, NO_FLASH_SIZE);
  const { "running-slot": runningSlot, "give-up": giveUp, margin } = options;
  const unknown = giveUp.find((name) => field.entries.every((entry) => entry.name !== name));
  if (unknown !== undefined) throw new Stop(2, `'${source}' has no partition '${unknown}' to give up.`);
  return {
    source,
    micropython,
    field,
    migration,
    input: {
      source: { entries: field.entries, tableOffset: field.tableOffset ?? offset ?? noFacts.tableOffset },
      runningSlot,
      flashSize,
      chip: options.chip ?? field.chip ?? chipById(manifest?.chip ?? "") ?? binary.chip,
      binarySize: binary.appSize,
      margin,
      micropython: binary,
      giveUp,
    },
  };
}

const notNamed = (what: string, how: string): string =>
  `Say which ${what} with ${how}; there is no ${MANIFEST_NAME} that names one.`;

const NO_FLASH_SIZE =
  "Say how much flash the devices have with --flash-size: it stands in the header of their bootloader, which counts, and nothing here tells it.";

async function binaryIn(path: string, io: Io): Promise<ChosenBinary> {
  const { bytes } = await readFile(path, io);
  const binary = chosenBinary(path, await inspectBytes(bytes));
  if (binary.kind === "unusable") throw new Stop(1, `'${path}' cannot be used. ${binary.fault}`);
  if (binary.kind === "app") return binary;
  throw new Stop(
    1,
    `'${path}' is bootloader, partition table and app in one file, but only the app may be installed over the air. Extract it with 'crossflash extract-app'.`,
  );
}

export const situationLines = ({ input, source, micropython }: Situation): string[] => [
  `The devices (${source}): ${input.chip?.name ?? `chip ${NOT_KNOWN}`}, ${formatFlashSize(input.flashSize)} of flash, partition table at ${hex(input.source.tableOffset)}`,
  `MicroPython (${micropython}): ${[input.micropython?.title ?? "", bytesText(input.binarySize)].filter((part) => part !== "").join(", ")}`,
];

export const situationFacts = ({ input, source, micropython }: Situation) => ({
  source: { file: source, ...input.source },
  micropython: { file: micropython, title: input.micropython?.title ?? "", size: input.binarySize },
  chip: input.chip?.id ?? null,
  flashSize: input.flashSize,
});
