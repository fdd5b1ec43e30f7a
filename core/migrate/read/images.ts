import { type CompatApp, compatApp } from "../../compat/builds";
import { inspectImage } from "../../image/inspect";
import { sha256Hex } from "../../image/sha256Hex";
import { readAppFile } from "../../job/files";
import type { Files } from "../../project/surroundings";
import { failure, type Result, success } from "../../result";
import type { ExpectedImage } from "../../sim/repartitioner/config";
import { expectedImage } from "../../sim/repartitioner/configOf";
import type { PlannedImage } from "../plan/plan";
import type { InputFile } from "../report/inputs";
import type { Part } from "./parts";

/** The files that are there, with what tells them apart. */
export async function inputFiles(parts: readonly Part[], read: Files["read"]): Promise<readonly InputFile[]> {
  const inputs = await Promise.all(
    parts.map(async ({ role, name, path }) => {
      const bytes = await read(path);
      return bytes ? [{ role, name, size: bytes.length, sha256: sha256Hex(bytes) }] : [];
    }),
  );
  return inputs.flat();
}

export interface InstalledImage {
  readonly image: PlannedImage;
  readonly app: CompatApp;
  /** What a repartitioner is told of it. */
  readonly expected: ExpectedImage;
}

/** The app in a file, as it is installed: without what may stand behind it. */
export async function plannedImage(
  { name, path }: Part,
  read: Files["read"],
): Promise<Result<InstalledImage, "errors">> {
  const bytes = await read(path);
  if (!bytes) return failure("errors", 0, `'${name}' is not there or cannot be read.`);
  const report = inspectImage(bytes);
  const file = readAppFile({ name, bytes });
  if (!file.ok) return failure("errors", 0, file.message);
  if (report.kind !== "app")
    return failure("errors", 0, `'${name}' is more than an app. Only an app is installed over the air.`);
  const expected = expectedImage(file.value.bytes);
  const { size, sha256 } = expected;
  return success({ image: { size, sha256 }, app: compatApp(report.app), expected });
}
