import * as vscode from "vscode";
import type { NamedFile } from "../../core/job/files";
import { flashLayout } from "../../core/job/flashLayout";
import type { FindOptions, MakeJob } from "../../device/flows/flashFlow";
import { commands } from "../../protocol/commands";
import { chooseTable } from "../chooseTable";
import { Refusal } from "../safely";
import { nameOf, type OpenTable, refuseErrors, savedTable } from "../table";
import { manifestFile, namedFile } from "./files";

/** A job that is made for each board once it was read. */
export interface BoardJob {
  /** What the board holds afterwards: `partitions.csv`. */
  readonly what: string;
  readonly makeJob: MakeJob;
  readonly options: FindOptions;
}

/** The job that takes the table in front, and the MicroPython that is chosen for it, to a board. */
export async function layoutJob(argument: unknown): Promise<BoardJob | undefined> {
  const uri = await chooseTable(argument);
  if (!uri) return undefined;
  const undone = "nothing was written";
  const table = await savedTable(uri, undone);
  refuseSource(table);
  refuseErrors(table, undone);
  const micropython = await micropythonOf(table);
  const bootloader = await bootloaderOf(table);
  return {
    what: nameOf(uri),
    makeJob: ({ present }) =>
      flashLayout({
        analysis: table.analysis,
        micropython,
        // A board that has one keeps it, as the devices in the field do.
        bootloader: present.bootloader === "none" ? bootloader : undefined,
        present: present.table,
      }),
    options: { flashSize: table.analysis.facts.flashSize },
  };
}

function refuseSource({ document, surroundings }: OpenTable): void {
  if (surroundings.role !== "source") return;
  throw new Refusal(
    `${nameOf(document.uri)} is the table that the devices have today. Use Restore Field State to make a board one of them, or flash ${surroundings.manifest?.target?.table ?? "the target table"}.`,
  );
}

async function micropythonOf({ document, surroundings }: OpenTable): Promise<NamedFile> {
  const { micropythonPath } = surroundings;
  const choose = {
    title: "Choose MicroPython Binary…",
    run: () => vscode.commands.executeCommand(commands.chooseMicroPython, document.uri),
  };
  if (micropythonPath !== undefined) return namedFile(vscode.Uri.parse(micropythonPath), choose);
  throw new Refusal(`No MicroPython binary is chosen for ${nameOf(document.uri)}.`, choose);
}

const bootloaderOf = async ({ surroundings }: OpenTable): Promise<NamedFile | undefined> =>
  surroundings.manifestPath === undefined
    ? undefined
    : manifestFile(surroundings.manifestPath, surroundings.manifest?.bootloader?.image);
