import { type CompatApp, compatApp } from "../../core/compat/builds";
import type { ImageReport } from "../../core/image/inspect";
import { chosenBinary } from "../../core/project/chosenBinary";
import type { Files } from "../../core/project/surroundings";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { inspectBytes } from "../surroundings";
import type { Migration } from "./manifest";
import { isRelease } from "./options";

/** The MicroPython that is meant: a release, a file, or what the manifest names; undefined where none is. */
export async function appOf(
  given: string | undefined,
  migration: Migration | undefined,
  files: Files,
  io: Io,
): Promise<CompatApp | undefined> {
  if (given !== undefined && isRelease(given)) return { release: given };
  if (given !== undefined) return appIn(given, await inspectBytes((await readFile(given, io)).bytes));
  const path = migration?.resolve(migration.manifest.target?.micropython);
  const report = path === undefined ? undefined : await files.inspect(io.absolute(path));
  return path === undefined || !report ? undefined : appIn(path, report);
}

function appIn(path: string, report: ImageReport): CompatApp {
  if ("app" in report) return compatApp(report.app);
  throw new Stop(1, `'${path}' cannot be used. ${chosenBinary(path, report).fault}`);
}
