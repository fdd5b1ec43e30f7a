import { analyse } from "../../core/analyse";
import { type Facts, noFacts } from "../../core/facts";
import type { DecodedTable } from "../../core/table/decode";
import { printTable } from "../../core/table/print";
import { computedPlaces, lostInCsv } from "../../core/table/readsBack";
import { hex } from "../../core/text/units";
import { defineCommand, type ExitCode } from "../command";
import { couldNotRun, overwritesInput, refuse, sameFileFault } from "../fault";
import { findTable } from "../findTable";
import { type Io, STANDARD_STREAM } from "../io";
import { text } from "../options";
import { shownPath } from "../readText";
import { lostLines } from "../report/lost";
import { hasErrors } from "../report/reported";
import { problemLines } from "../report/text";
import { address, extraSubtypes, LARGEST_FLASH, tableOffset } from "../tableOptions";
import { tell } from "../tell";

export default defineCommand({
  name: "decode",
  summary: "Turn a binary table, a flash dump or a header back into a CSV.",
  description:
    "Reads a partition table from a table binary, a dump of a flash, a combined image or the array in a header such as repartition.h; what the file is shows in its content, not in its name. The CSV is the one that gen_esp32part.py prints. A damaged table is refused; the problems of an undamaged one are shown beside the CSV.\n\nA file name of '-' is standard input or standard output.",
  operand: { value: "FILE" },
  options: {
    output: text("OUT.csv", "Where the CSV goes; standard output unless told otherwise.", "o"),
    at: address("Where in the file the table is, for a file that holds several."),
    "table-offset": tableOffset,
    "extra-subtype": extraSubtypes,
  },
  async run({ files: [file = ""], options }, io) {
    if (overwritesInput(io, file, options.output)) return couldNotRun(io, sameFileFault(file));
    const bytes = await io.read(file, LARGEST_FLASH);
    if (!bytes.ok) return couldNotRun(io, bytes);
    const found = findTable(bytes.value, options.at);
    if (!found.ok) {
      const message = `${shownPath(file)}: ${found.message}`;
      return found.reason === "several" ? couldNotRun(io, { message }) : refuse(io, message);
    }
    warnOfFlags(found.value.table, io);
    const { table, at } = found.value;
    const told = options["table-offset"];
    const facts: Facts = {
      ...noFacts,
      tableOffset: at ?? noFacts.tableOffset,
      ...computedPlaces(table.entries),
      ...(told === undefined ? {} : { tableOffset: told }),
      extraSubtypes: options["extra-subtype"],
    };
    return write(table, facts, options.output ?? STANDARD_STREAM, io);
  },
});

function write({ entries }: DecodedTable, facts: Facts, output: string, io: Io): ExitCode {
  const csv = printTable(entries, facts.extraSubtypes);
  const written = io.write(output, new TextEncoder().encode(csv));
  if (!written.ok) return couldNotRun(io, written);
  const file = output === STANDARD_STREAM ? "<decoded>" : output;
  const checked = { file, text: csv, problems: analyse(csv, facts).problems };
  tell(io, "err", problemLines(checked));
  const lost = lostInCsv(entries, facts);
  tell(io, "err", lostLines(lost));
  return hasErrors([checked]) || lost.length > 0 ? 1 : 0;
}

function warnOfFlags({ unknownFlags }: DecodedTable, io: Io): void {
  const lines = unknownFlags.map(
    ({ name, bits }) =>
      `crossflash: Partition '${name}' has flags that are not known (${hex(bits)}); they are left out of the CSV.`,
  );
  tell(io, "err", lines);
}
