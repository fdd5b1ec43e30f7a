import { parseCuts } from "../../core/rehearsal/cuts";
import { rehearsalFormats } from "../../core/rehearsal/writers";
import { success } from "../../core/result";
import { baud, mac, port } from "../board/options";
import { bootloader, stated } from "../migration/options";
import { choice, flag, oneOf, refused, text } from "../options";
import { servingOptions } from "../serving/options";

const MOST_RUNS = 100;
const LONGEST = 86_400;

const count = (value: string, most: number, what: string, help: string) =>
  oneOf(value, help, (given) =>
    /^[1-9]\d{0,5}$/.test(given) && Number(given) <= most
      ? success(Number(given))
      : refused(`must be a number of ${what} from 1 to ${most}, not '${given}'`),
  );

/** How `crossflash rehearse` is told what to rehearse, on which board, and what to do to it. */
export const rehearsalOptions = {
  port,
  mac,
  baud,
  repartitioner: text(
    "BIN",
    "The repartitioner, where it is not the one in the build folder of its project. A virtual board can rehearse without one.",
  ),
  app: text("BIN", "The app that the devices run, where crossflash.json names none."),
  slot: text(
    "NAME",
    "The app partition from which the board starts; the first one of the plan unless told otherwise.",
  ),
  backup: text(
    "FOLDER",
    "Restores this backup of a device, instead of the table and the app of crossflash.json.",
  ),
  save: text("FOLDER", "Backs up the flash of the board into this folder first."),
  cut: oneOf(
    "CUTS",
    "When the power of the board is cut by its reset line: step=STEP, step=STEP+500ms, report=7, several with commas, or seed:N for cuts by chance outside of the hazard window.",
    parseCuts,
  ),
  runs: count("N", MOST_RUNS, "runs", "How often all of it is done; once unless told otherwise."),
  quiet: count(
    "SECONDS",
    LONGEST,
    "seconds",
    "Gives up when the board comes no further for so long; 600 unless told otherwise.",
  ),
  "skip-simulation": flag("Do not simulate the migration first; the report says so."),
  output: text("FILE", "Where the report goes; standard output unless told otherwise.", "o"),
  format: choice(
    rehearsalFormats,
    "How the report is written; by the ending of the file, else text, unless told otherwise.",
  ),
  interface: servingOptions.interface,
  address: servingOptions.address,
  "serve-port": servingOptions.port,
  yes: flag("Do not ask before the board is written. Needed where nobody can be asked.", "y"),
  ...bootloader,
  ...stated,
};
