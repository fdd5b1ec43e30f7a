import { createHeader } from "../../core/export/headerNew";
import { readHeader } from "../../core/export/readHeader";
import type { Facts } from "../../core/facts";
import { buildConfig } from "../../core/project/buildConfig";
import { sourceEntries } from "../../core/project/sourceTable";
import { encodeTable } from "../../core/table/encode";

/**
 * The facts that follow from the files beside a fixture's table. `source`: rows of the table that the devices have.
 * `header`: rows of the table that the header holds, behind them maybe lines such as `#define PARTITION_VFS_SIZE 0x1`,
 * which stand for those that the export would write, or are those of a generated header, or `short` for an array without the bytes behind the rows;
 * `broken` is a header without an array. `defaults` and
 * `sdkconfig`: lines of these files.
 */
export function fileFacts(
  files: ReadonlyMap<string, readonly string[]>,
  facts: Facts,
  bootloaderIdf: string | undefined,
): Partial<Facts> {
  const text = (name: string): string | undefined => files.get(name)?.join("\n");
  const config = (file: string, name: string) => {
    const content = text(file);
    return content === undefined ? undefined : { name, text: content };
  };
  const source = text("source");
  const header = files.get("header");
  const build = buildConfig(
    config("defaults", "sdkconfig.defaults"),
    config("sdkconfig", "sdkconfig"),
    bootloaderIdf === undefined ? undefined : { idf: bootloaderIdf },
  );
  return {
    ...(source === undefined ? {} : { source: entriesOf(source, facts) }),
    ...(header ? { header: { name: "main/repartition.h", ...readHeader(headerOf(header, facts)) } } : {}),
    ...(build ? { build } : {}),
  };
}

function entriesOf(text: string, facts: Facts) {
  const entries = sourceEntries({ text }, facts);
  if (!entries) throw new Error(`This is no table:\n${text}`);
  return entries;
}

function headerOf(lines: readonly string[], facts: Facts): string {
  if (lines.includes("broken")) return "#pragma once\n";
  const isShort = lines.includes("short");
  const isMacro = (line: string): boolean => line.startsWith("#define");
  const entries = entriesOf(lines.filter((line) => !isMacro(line) && line !== "short").join("\n"), facts);
  const table = encodeTable(entries, facts);
  if (!table.ok) throw new Error(table.message);
  const made = createHeader(
    { table: table.value, entries, md5Row: facts.md5Row },
    { csvName: "partitions.csv", csvText: "", toolVersion: "0.0.0" },
  );
  return lines.filter(isMacro).reduce(
    (text, macro) => {
      const [define] = /^#define \w+/.exec(macro) ?? [""];
      if (define.includes("REPARTITION_")) return text.replace("#endif /* REP", `${macro}\n#endif /* REP`);
      if (!text.includes(define)) throw new Error(`The header has no line ${define}`);
      return text.replace(new RegExp(`${define}.*`), macro);
    },
    isShort
      ? made.replace(/^ *(?:0xff, ?){32}.*\n/gm, "").replace(/final_table\[\w+\]/, "final_table[]")
      : made,
  );
}
