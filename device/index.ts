/**
 * The bundle that the editor and the command line load when a board is first asked for. They take their types from
 * the files and their values from here: what is imported from a file directly would be a second copy of it.
 */
export { backUp, readBackup } from "./backup";
export { connectBoard, DEFAULT_BAUD_RATE } from "./flasher";
export { BoardFault } from "./flasher/fault";
export { findBoard, perform, prepare, prepared } from "./flows/flashFlow";
export { monitor } from "./monitor";
export { boardPorts } from "./ports";
export { onPty } from "./virtualBoard/onPty";
