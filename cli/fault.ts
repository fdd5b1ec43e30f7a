import type { Failure } from "../core/result";
import type { ExitCode } from "./command";
import type { Io } from "./io";
import { tell } from "./tell";

/** Says why the command could not run. */
export function couldNotRun(io: Io, { message }: Pick<Failure<string>, "message">): ExitCode {
  tell(io, "err", [`crossflash: ${message}`]);
  return 2;
}

/** Says what is wrong with the file that was read. */
export function refuse(io: Io, message: string): ExitCode {
  tell(io, "err", [`crossflash: ${message}`]);
  return 1;
}

/** An output that is the input would destroy it; asked before anything is read. */
export function overwritesInput(io: Io, input: string, output: string | undefined): boolean {
  return output !== undefined && output !== "-" && input !== "-" && io.isSameFile(input, output);
}

export const sameFileFault = (path: string) => ({
  message: `'${path}' is the input and the output at once. Choose another name for the output.`,
});
