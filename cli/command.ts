import type { Io } from "./io";
import type { Options, ValuesOf } from "./options";

/** 0: fine; 1: problems found; 2: could not run (usage, a file or board that cannot be read or written, Ctrl-C). */
export type ExitCode = 0 | 1 | 2;

export interface Args<O extends Options> {
  /** The operands, in order; as many as the command takes. */
  readonly files: readonly string[];
  readonly options: ValuesOf<O>;
}

export interface Operand {
  readonly value: string;
  readonly many?: true;
  readonly optional?: true;
}

/** All there is to know of a command: its help, the reading of its arguments and what it does follow from this. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Paragraphs for the command's own help. */
  readonly description: string;
  /** Commands without one take options only. */
  readonly operand?: Operand;
  readonly options: O;
  run(args: Args<O>, io: Io): Promise<ExitCode>;
}

/** Keeps the types of the options, so that `run` gets them by name. */
export const defineCommand = <O extends Options>(command: Command<O>): Command<O> => command;
