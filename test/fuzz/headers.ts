import { type Analysis, analyse } from "../../core/analyse";
import { decodeHeader, patchHeader } from "../../core/export/header";
import { headerTable } from "../../core/export/index";
import { headerState } from "../../core/export/sync";
import { noFacts } from "../../core/facts";
import { balancedCsv, publishedCsv } from "../support/headers";
import { headerSeeds } from "./corpus";
import { expectEdits, expectThat } from "./expect";
import { mutatedText } from "./mutateText";
import { textTarget } from "./target";

const words = [
  ..."final_table PARTITION_VFS_SIZE PARTITION_VFS_OFFSET #define #if #else #endif extern static const char 0xaa".split(
    " ",
  ),
  ..."0x1000 0b1 '\\xff' 'a' \" ' /* */ // \\\n \\ { } [ ] ( ) ; = , \n #if 0\n PROGMEM __attribute__((x)) (char) -1 256".split(
    " ",
  ),
  "static const char final_table[0x1000] = { 0xaa, 0x50 };",
  "#define PARTITION_VFS_SIZE 0x100000\n",
];

/** One table that the headers know, and one that changes them. */
const tables = [publishedCsv, balancedCsv].map((csv) => {
  const analysis = analyse(csv, noFacts);
  const table = headerTable(analysis);
  if (!table.ok) throw new Error(table.message);
  return { analysis, table: table.value };
});

export const headerTarget = textTarget(
  "header",
  (random) => mutatedText(random, { seeds: headerSeeds, words }),
  (text, random) => {
    const { analysis, table } = random.pick(tables);
    const patch = patchHeader(text, table);
    if (!patch.ok) {
      expectThat(/^[A-Z].*[.;]$/s.test(patch.message), patch.message);
      expectThat(0 <= patch.at && patch.at <= text.length, `a fault at ${patch.at}`);
      return;
    }
    expectEdits(patch.value.edits, text, "the patch");
    // A patched header is forty times as long as most that were made here.
    if (random.oneIn(8)) checkPatched(patch.value.text, table.table, analysis);
  },
);

/** A patched header holds the table, and patching it again changes nothing. */
function checkPatched(text: string, table: Uint8Array, analysis: Analysis): void {
  const bytes = decodeHeader(text);
  expectThat(bytes.ok, "the patched header cannot be read");
  expectThat(
    table.every((byte, at) => bytes.value[at] === byte),
    "the patched header holds other bytes",
  );
  expectThat(headerState(text, analysis) === "in-sync", "the patched header is not in sync");
}
