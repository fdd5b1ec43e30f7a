import { MANIFEST_NAME } from "../../project/fileNames";
import { type MigrationManifest, type ParsedManifest, parseManifest } from "../../project/manifest";
import { namedFiles } from "../../project/manifestFiles";
import { manifestProblems } from "../../project/manifestProblems";
import { dirname, resolveInside } from "../../project/paths";
import type { Files } from "../../project/surroundings";
import { failure, type Result, success } from "../../result";
import { decodeText } from "../../text/decode";
import type { InputRole } from "../report/inputs";

/** `unreadable`: the manifest is not there; `incomplete`: it lacks something; `errors`: something in it is wrong. */
export type ReadFault = "unreadable" | "incomplete" | "errors";

/** Where a migration is, in the paths of a host. */
export interface MigrationPlace {
  readonly manifestPath: string;
  /** The folder that no path of the manifest may leave. */
  readonly root: string;
}

/** A file that is part of a migration. */
export interface Part {
  readonly role: InputRole;
  /** As people name it. */
  readonly name: string;
  readonly path: string;
}

/** A manifest, and where what it names lies. */
export interface Parts {
  readonly manifest: MigrationManifest;
  readonly target: Part;
  readonly micropython: Part;
  /** All of them, the manifest too. */
  readonly files: readonly Part[];
}

/** Reads a manifest that is whole enough for a plan and has no errors. `at` of a failure is an offset in its text. */
export async function readParts(
  { manifestPath, root }: MigrationPlace,
  files: Files,
): Promise<Result<Parts, ReadFault>> {
  const bytes = await files.read(manifestPath);
  const text = bytes && decodeText(bytes);
  if (!text?.ok)
    return failure("unreadable", 0, `The ${MANIFEST_NAME} is not there, or cannot be read. Make one first.`);
  const { problems } = await manifestProblems(manifestPath, text.value, root, files);
  const [error, ...others] = problems.filter(({ severity }) => severity === "error");
  if (error) {
    const count = others.length === 0 ? "an error" : `${others.length + 1} errors`;
    return failure("errors", error.at.start, `${MANIFEST_NAME} has ${count}. The first: ${error.message}`);
  }
  const parsed = parseManifest(text.value);
  const named = partsOf(parsed, (path) => resolveInside(root, dirname(manifestPath), path));
  const [source, target, micropython] = needed.map((role) => named.find((part) => part.role === role));
  if (!source || !target || !micropython) return incomplete(named);
  const own: Part = { role: "manifest", name: MANIFEST_NAME, path: manifestPath };
  return success({ manifest: parsed.manifest, target, micropython, files: [own, ...named] });
}

const needed = ["source-table", "target-table", "micropython"] as const;

const fieldsOf = {
  "source-table": '"table" of "source"',
  "target-table": '"table" of "target"',
  micropython: '"micropython" of "target"',
} as const;

const roles: Readonly<Record<string, InputRole>> = {
  "source.table": "source-table",
  "source.app": "source-app",
  "bootloader.image": "bootloader",
  "target.table": "target-table",
  "target.header": "header",
  "target.micropython": "micropython",
};

const partsOf = (parsed: ParsedManifest, resolve: (path: string) => string | undefined): readonly Part[] =>
  namedFiles(parsed, resolve).flatMap(({ field, name, path }) => {
    const role = roles[field.join(".")];
    return role === undefined || path === undefined ? [] : [{ role, name, path }];
  });

function incomplete(parts: readonly Part[]) {
  const fields = needed
    .filter((role) => parts.every((part) => part.role !== role))
    .map((role) => fieldsOf[role]);
  return failure("incomplete", 0, `${MANIFEST_NAME} does not say ${fields.join(" and ")}. Add it.`);
}
