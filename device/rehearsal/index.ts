/** The bundle that the editor and the command line load when somebody rehearses a migration on a board. */
export { migrationReport } from "../../core/migrate/report/report";
export { cutsFor, cutText, formatCuts, noCuts, parseCuts } from "../../core/rehearsal/cuts";
export { readRehearsal } from "../../core/rehearsal/readRehearsal";
export { rehearsalReport } from "../../core/rehearsal/report";
export { rehearsalWriters } from "../../core/rehearsal/writers";
export { realClock } from "../flasher/clock";
export { rehearse } from "../flows/rehearsal";
export { simulateFirst } from "./simulate";
