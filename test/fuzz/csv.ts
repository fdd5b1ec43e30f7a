import { type Analysis, analyse, hasErrors } from "../../core/analyse";
import { exportTable } from "../../core/export/index";
import type { Fix } from "../../core/rules/rule";
import { type CsvDocument, parseCsv } from "../../core/table/csv";
import { decodeTable } from "../../core/table/decode";
import { applyEdits, type TextEdit } from "../../core/text/span";
import { csvSeeds } from "./corpus";
import { expectProblems, expectThat } from "./expect";
import { someFacts } from "./facts";
import { checkLanguage } from "./language";
import { mutatedText } from "./mutateText";
import type { Random } from "./random";
import { sameDecoded } from "./table";
import { textTarget } from "./target";

const words = [
  ..."app data bootloader partition_table factory test ota_0 ota_1 ota_15 tee_0 ota phy nvs coredump nvs_keys".split(
    " ",
  ),
  ..."undefined fat spiffs littlefs primary recovery vfs otadata phy_init encrypted readonly settings".split(
    " ",
  ),
  ...'encrypted:readonly : :: ,, ,,,,,, # // \n \r\n " ; - -1 -4M 0x -0x400000 1M 4K 1.5M 0x9000 9000h F000 1_000'.split(
    " ",
  ),
  ..."$A ${A} $ROW ${SIZE $EMPTY $UNSET ${ $ a_name_longer_than_sixteen_bytes ééééééééé # Name,Type,SubType".split(
    " ",
  ),
  "",
  " ",
  "\t",
  "# Name, Type, SubType, Offset, Size, Flags\n",
  "vfs, data, fat, 0x200000, 0x200000\n",
  "ota_1, app, ota_1, , 1536K, ",
];

export const csvTarget = textTarget(
  "csv",
  (random) => mutatedText(random, { seeds: csvSeeds, words }),
  (text, random) => {
    const analysis = analyse(text, someFacts(random));
    checkTable(analysis);
    if (random.oneIn(8)) checkFix(analysis, random);
    if (random.oneIn(32)) checkLanguage(analysis, random);
  },
);

/** What must be true of every table, with the facts it was analysed with. */
export function checkTable(analysis: Analysis): void {
  const { csv, problems } = analysis;
  checkLossless(parseCsv(csv.text, analysis.facts.environment));
  expectProblems(problems, csv.text);
  if (!hasErrors(analysis)) checkExport(analysis);
}

const between = /^(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])?$/;

/** Lines and the ends between them are the whole text; cells lie in their lines, one behind the other. */
function checkLossless({ text, lines }: CsvDocument): void {
  let end = 0;
  for (const line of lines) {
    expectThat(between.test(text.slice(end, line.span.start)), `text is lost before line ${line.number}`);
    end = line.span.end;
    if (line.kind !== "row") continue;
    let last = line.span.start;
    for (const { span, outer } of line.cells) {
      expectThat(last <= outer.start || !line.verbatim, `cells overlap in line ${line.number}`);
      expectThat(line.span.start <= outer.start && outer.end <= end, `a cell leaves line ${line.number}`);
      expectThat(
        outer.start <= span.start && span.end <= outer.end,
        `a value leaves its cell in line ${line.number}`,
      );
      last = outer.end;
    }
  }
  expectThat(between.test(text.slice(end)), "text is lost at the end");
}

/** A table without errors has a binary, which says the same when it is read back. */
function checkExport(analysis: Analysis): void {
  const exported = exportTable(analysis);
  expectThat(exported.ok, "a table without errors cannot be exported");
  const { table, entries } = exported.value;
  const decoded = decodeTable(table, analysis.facts);
  if (!decoded.ok) {
    // The tool cuts names at 16 bytes, also in the middle of a character.
    expectThat(decoded.reason === "name", `the exported table does not decode: ${decoded.message}`);
    return;
  }
  expectThat(decoded.value.entries.length === entries.length, "the exported table has other rows");
  sameDecoded(decoded.value, table);
}

/** A fix changes something, and what it makes can be analysed again. */
function checkFix({ csv, facts, problems }: Analysis, random: Random): void {
  const fixes = problems.flatMap((problem) =>
    (problem.fixes ?? []).filter(isEdit).map((fix) => ({ problem, fix })),
  );
  if (fixes.length === 0) return;
  const { problem, fix } = random.pick(fixes);
  const after = applyEdits(csv.text, fix.edits);
  expectThat(after !== csv.text, `the fix "${fix.title}" of ${problem.id} changes nothing`);
  checkTable(analyse(after, facts));
}

const isEdit = (fix: Fix): fix is Fix & { readonly edits: readonly TextEdit[] } => "edits" in fix;
