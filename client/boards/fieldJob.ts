import * as vscode from "vscode";
import { type FieldStart, restoreFieldState } from "../../core/job/restoreFieldState";
import { firstApp } from "../../core/job/start";
import { isComplete, type PartitionEntry } from "../../core/table/entry";
import { isOtaSlot } from "../../core/table/subtypes";
import { chooseTable } from "../chooseTable";
import { Refusal } from "../safely";
import { openTable, savedTable } from "../table";
import { chooseFile, manifestFile, manifestUri, namedFile } from "./files";
import type { BoardJob } from "./layoutJob";

/** The job that makes a board the twin of the devices in the field, as the manifest describes them. */
export async function fieldJob(argument: unknown): Promise<BoardJob | undefined> {
  const uri = await chooseTable(argument);
  if (!uri) return undefined;
  const { surroundings } = await openTable(uri);
  const { manifest, manifestPath } = surroundings;
  const { source, bootloader: loader } = manifest ?? {};
  if (manifestPath === undefined || source?.table === undefined) throw noSource();
  const { analysis } = await savedTable(manifestUri(manifestPath, source.table), "nothing was written");
  const entries = analysis.table.entries.filter(isComplete);
  const start = await chooseStart(entries);
  if (!start) return undefined;
  const app = (await manifestFile(manifestPath, source.app)) ?? (await chooseApp());
  if (!app) return undefined;
  const bootloader = await manifestFile(manifestPath, loader?.image);
  const { tableOffset, md5Row, flashSize } = analysis.facts;
  return {
    what: source.table,
    makeJob: ({ present }) =>
      restoreFieldState({
        source: { entries, tableOffset, md5Row },
        app,
        start,
        bootloader,
        present: present.table,
      }),
    options: { flashSize },
  };
}

const noSource = (): Refusal =>
  new Refusal(
    'crossflash.json does not say which table the devices have today. Write it as "source": { "table": "field/partitions.csv" }, or use Read Board on one of them.',
  );

async function chooseApp() {
  const uri = await chooseFile("Choose the App That the Devices Run");
  return uri && namedFile(uri);
}

/** Which app the twin starts; nobody is asked where there is only one. */
async function chooseStart(entries: readonly PartitionEntry[]): Promise<FieldStart | undefined> {
  const slots = entries.filter(({ type, subtype }) => isOtaSlot(type, subtype));
  const blank = {
    label: "Blank otadata",
    description: startsText(firstApp(entries)),
    start: { kind: "blank" } as const,
  };
  if (slots.length === 0) return blank.start;
  const items = [
    blank,
    ...slots.map(({ name }) => ({
      label: `otadata of an update into '${name}'`,
      description: `starts '${name}'`,
      start: { kind: "slot", name } as const,
    })),
  ];
  return (await vscode.window.showQuickPick(items, { title: "Which App Do the Devices Start?" }))?.start;
}

const startsText = (app: PartitionEntry | undefined): string =>
  app ? `starts '${app.name}', as a device that was never updated` : "the table has no app to start";
