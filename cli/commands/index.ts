import type { Command } from "../command";
import build from "./build";
import check from "./check";
import decode from "./decode";
import exportHeader from "./export";
import extractApp from "./extract-app";
import inspect from "./inspect";

export { commandHelp, overview } from "../help";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [check, build, decode, exportHeader, inspect, extractApp];
