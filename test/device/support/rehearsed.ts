import { type Rehearsal, type RehearsalQuestion, readRehearsal } from "../../../core/rehearsal/readRehearsal";
import { type Result, success } from "../../../core/result";
import { deliveryFiles, deliveryManifest } from "../../support/deliveryFixture";
import { makeApp } from "../../support/imageFixture";
import { memoryFiles } from "../../support/memoryFiles";

/** A small migration that can be rehearsed: the field app is there, and the repartitioner is named where a test has one. */

export const fieldApp = makeApp({ projectName: "field", size: 0x6000 });

export const rehearsalFiles: Readonly<Record<string, string | Uint8Array>> = {
  ...deliveryFiles,
  "crossflash.json": JSON.stringify({
    ...deliveryManifest,
    source: { ...deliveryManifest.source, app: "field/app.bin" },
  }),
  "field/app.bin": fieldApp,
};

export type FileChanges = Readonly<Record<string, string | Uint8Array | undefined>>;

/** With its own repartitioner, for a virtual board, unless told otherwise. */
export async function readThis(
  changes: FileChanges = {},
  question: Partial<RehearsalQuestion> = {},
): Promise<Result<Rehearsal, string>> {
  const files = Object.entries({ ...rehearsalFiles, ...changes }).flatMap(([name, content]) =>
    content === undefined ? [] : [[`/p/${name}`, content] as const],
  );
  const read = await readRehearsal(
    { manifestPath: "/p/crossflash.json", root: "/p" },
    {
      isVirtual: true,
      repartitioner: { name: "repartitioner.bin", path: "/p/repartitioner.bin" },
      ...question,
    },
    memoryFiles(Object.fromEntries(files)),
  );
  return read.ok ? success(read.value) : read;
}

export async function rehearsalOf(
  changes: FileChanges = {},
  question: Partial<RehearsalQuestion> = {},
): Promise<Rehearsal> {
  const read = await readThis(changes, question);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
