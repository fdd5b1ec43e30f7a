/** The bundle that the editor and the command line load when somebody rehearses a migration on a board. */
export { realClock } from "../flasher/clock";
export { rehearse } from "../flows/rehearsal";
export { simulateFirst } from "./simulate";
