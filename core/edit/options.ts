import { type Facts, flashEnd } from "../facts";
import type { EditOptions } from "./intent";

/** The facts on which placing, drawing and editing depend: the same for the page and for the text. */
export const editOptions = (facts: Facts): EditOptions => ({
  tableOffset: facts.tableOffset,
  // Where nobody says how large the flash is, it ends where MicroPython was built to end: as the rules have it.
  flashSize: flashEnd(facts),
  primaryBootloaderOffset: facts.primaryBootloaderOffset,
  secure: facts.secure,
  md5Row: facts.md5Row,
  extraSubtypes: facts.extraSubtypes,
});
