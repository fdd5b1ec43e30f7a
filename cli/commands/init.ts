import { proposalKinds } from "../../core/migrate/solve/arrange";
import { DEFAULT_MARGIN, proposeLayouts } from "../../core/migrate/solve/proposeLayouts";
import { success } from "../../core/result";
import { percentText } from "../../core/text/units";
import { format } from "../board/options";
import { reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { newMigration } from "../migration/newMigration";
import { bootloader, runningSlot } from "../migration/options";
import { proposalLines } from "../migration/proposalReport";
import { situationFacts, situationLines, situationOf } from "../migration/situation";
import { choice, flag, manyOf, oneOf, refused, text } from "../options";
import { chip, flashSize, tableOffset } from "../tableOptions";

export default defineCommand({
  name: "init",
  summary: "Propose partition tables for MicroPython, and begin a migration with one of them.",
  description:
    "Shows the layouts that are possible for the devices as they are and for this MicroPython, with what is kept, what is lost and what is possible later; or why one is not possible, and what would help. With --layout it writes crossflash.json and the target table into FOLDER, and the table of the devices as a CSV where it was none; without, it writes nothing. What the command line leaves out is taken from the crossflash.json of that folder, where there is one.\n\nNothing is written unless all of it can be, and nothing is replaced without --force.",
  options: {
    source: text(
      "FILE",
      "The table that the devices have: a CSV, a table binary, a header, the dump of a flash, or the folder of a backup.",
    ),
    micropython: text("BIN", "The MicroPython that goes onto the devices."),
    layout: choice(proposalKinds, "The layout to begin with."),
    margin: oneOf(
      "PERCENT",
      `What the slot leaves for later releases; ${percentText(DEFAULT_MARGIN)} of the binary unless told otherwise.`,
      (given) =>
        /^\d{1,3}(\.\d+)?%?$/.test(given)
          ? success(Number.parseFloat(given) / 100)
          : refused(`must be a share of the binary such as 10, not '${given}'`),
    ),
    output: text("FOLDER", "Where the migration goes; this folder unless told otherwise.", "o"),
    force: flag("Replace files that are there already."),
    "running-slot": runningSlot,
    "give-up": manyOf("NAME", "A partition that may go although its use is not known.", success<string>),
    ...bootloader,
    chip,
    "flash-size": flashSize,
    "table-offset": tableOffset,
    format,
  },
  run: ({ options }, io) =>
    reported(io, options.format, async (reporter) => {
      const folder = options.output ?? ".";
      const situation = await situationOf(folder, options, io);
      const proposals = proposeLayouts(situation.input);
      reporter.add({ ...situationFacts(situation), proposals });
      reporter.say([...situationLines(situation), ...proposalLines(proposals, situation.field.entries)]);
      const chosen = proposals.find(({ kind }) => kind === options.layout);
      if (!chosen) return proposals.some(({ isPossible }) => isPossible) ? 0 : 1;
      if (!chosen.isPossible)
        throw new Stop(1, `Nothing was written, because '${chosen.kind}' is not possible. ${chosen.why}`);
      const files = newMigration(folder, situation, chosen, options, io);
      const written = io.writeFiles(files);
      if (!written.ok) throw new Stop(2, written.message);
      const paths = files.map(({ path }) => path);
      reporter.add({ written: paths });
      reporter.say([
        "",
        ...paths.map((path) => `${path} was written.`),
        "Next: 'crossflash plan' says whether the devices would start it, and what happens to them step by step.",
      ]);
      return 0;
    }),
});
