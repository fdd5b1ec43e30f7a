import type { Command } from "../command";
import backup from "./backup";
import boards from "./boards";
import build from "./build";
import bundle from "./bundle";
import check from "./check";
import compat from "./compat";
import decode from "./decode";
import erase from "./erase";
import exportHeader from "./export";
import extractApp from "./extract-app";
import flash from "./flash";
import init from "./init";
import inspect from "./inspect";
import monitor from "./monitor";
import plan from "./plan";
import publish from "./publish";
import read from "./read";
import rehearse from "./rehearse";
import restore from "./restore";
import scaffold from "./scaffold";
import serve from "./serve";
import simulate from "./simulate";
import verify from "./verify";
import virtualBoard from "./virtual-board";

export { commandHelp, overview } from "../help";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  check,
  build,
  decode,
  exportHeader,
  inspect,
  extractApp,
  compat,
  init,
  plan,
  simulate,
  scaffold,
  serve,
  bundle,
  publish,
  boards,
  flash,
  verify,
  read,
  backup,
  restore,
  erase,
  monitor,
  rehearse,
  virtualBoard,
];
