import { equalBytes } from "../image/bytes";
import type { RepartitionerConfig } from "../sim/repartitioner/config";
import { hex } from "../text/units";
import { lineOf } from "./cSource";
import { migrationNumbers, SOURCE_ARRAY } from "./headerMigration";
import type { HeaderContent } from "./readHeader";
import { compiledBytes } from "./tableArray";

/** Something that a generated header says of its migration, and what it should say. */
export interface MigrationConflict {
  /** Number of the line, from 1. */
  readonly line: number;
  /** A sentence without its end. */
  readonly words: string;
}

/**
 * What a generated header says of another migration than this one; its array is compared elsewhere. The size of
 * MicroPython counts only where it is known.
 */
export function migrationConflicts(
  { text, migration }: HeaderContent,
  config: Omit<RepartitionerConfig, "micropython"> & {
    readonly micropython: { readonly size: number } | undefined;
  },
): readonly MigrationConflict[] {
  if (!migration) return [];
  const { numbers, source } = migration;
  const conflicts = (numbers.ok ? numbers.value : []).flatMap(({ name, at, literal: { value } }) => {
    const wanted = wantedOf(name, config);
    return wanted === undefined || wanted === value
      ? []
      : [
          {
            line: lineOf(text, at.start),
            words: `${name} is ${hex(value)}, but of this migration it is ${hex(wanted)}`,
          },
        ];
  });
  if (!source.ok || equalBytes(compiledBytes(source.value), config.sourceTable)) return conflicts;
  const line = lineOf(text, source.value.braces.start);
  return [...conflicts, { line, words: `the array ${SOURCE_ARRAY} is not the table that the devices have` }];
}

function wantedOf(
  name: keyof typeof migrationNumbers,
  { micropython, ...config }: Parameters<typeof migrationConflicts>[1],
): number | undefined {
  if (name === "REPARTITION_MICROPYTHON_SIZE") return micropython?.size;
  return migrationNumbers[name]({ ...config, micropython: { size: 0, sha256: "", headSha256: "" } });
}
