import { nearestWord } from "../core/rules/support/words";
import type { Command, ExitCode } from "./command";
import check from "./commands/check";
import type { Io } from "./io";
import { parseArguments } from "./parse";
import { tell } from "./tell";

/**
 * Runs one command line. The list of commands is a bundle of its own: a check, which runs at every save and in every
 * build, starts without it.
 */
export async function crossflash(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [word, ...rest] = argv;
  if (word === undefined || word === "help" || word === "--help" || word === "-h") return help(rest[0], io);
  if (word === "--version" || word === "-V") {
    tell(io, "out", [`crossflash ${io.version()}`]);
    return 0;
  }
  const command = await commandNamed(word);
  if (!command) return noCommand(word, io);
  const parsed = parseArguments(command, rest);
  if (!parsed.ok) return misused(command, parsed.message, io);
  return parsed.value === "help" ? help(command.name, io) : command.run(parsed.value, io);
}

const everything = () => import("./commands/index");

async function commandNamed(word: string): Promise<Command | undefined> {
  if (word === check.name) return check;
  return (await everything()).commands.find(({ name }) => name === word);
}

async function help(word: string | undefined, io: Io): Promise<ExitCode> {
  const { commands, commandHelp, overview } = await everything();
  const command = commands.find(({ name }) => name === word);
  if (word !== undefined && !command) return noCommand(word, io);
  io.out(command ? commandHelp(command) : overview(commands));
  return 0;
}

async function noCommand(word: string, io: Io): Promise<ExitCode> {
  const names = (await everything()).commands.map(({ name }) => name);
  const meant = nearestWord(word, names);
  const advice = meant === undefined ? `The commands are ${names.join(", ")}.` : `Did you mean '${meant}'?`;
  tell(io, "err", [
    `crossflash: There is no command '${word}'. ${advice}`,
    "Run 'crossflash help' to see what there is.",
  ]);
  return 2;
}

function misused({ name }: Command, message: string, io: Io): ExitCode {
  tell(io, "err", [`crossflash ${name}: ${message}`, `Run 'crossflash help ${name}' to see how it is used.`]);
  return 2;
}
