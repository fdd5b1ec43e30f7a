import { DONE, type Handlers, type LoaderBoard, payloadError, type Reply } from "./loader";
import { COMMAND, payload, word } from "./packet";

export interface MemErrors {
  readonly size: number;
  readonly checksum: number;
  /** Data without a beginning. */
  readonly notBegun: number;
  readonly tooMuch: number;
  /** Started before all of it came; undefined where nobody looks. */
  readonly tooLittle: number | undefined;
}

/** Code for RAM is counted and checked, but neither kept nor run: whatever is started afterwards is the stub. */
export const memHandlers = (board: LoaderBoard, errors: MemErrors, withoutEntry: Reply): Handlers => {
  let remaining: number | undefined;
  return {
    [COMMAND.memBegin]: (request) => {
      remaining = word(request, 0);
      return DONE;
    },
    [COMMAND.memData]: (request) => {
      const error = payloadError(request, errors);
      if (error !== undefined) return { error };
      if (remaining === undefined) return { error: errors.notBegun };
      if (payload(request).length > remaining) return { error: errors.tooMuch };
      remaining -= payload(request).length;
      return DONE;
    },
    [COMMAND.memEnd]: (request) => {
      if (errors.tooLittle !== undefined && (remaining ?? 0) > 0) return { error: errors.tooLittle };
      const begun = remaining !== undefined;
      remaining = undefined;
      if (word(request, 1) === 0) return withoutEntry;
      return begun ? { afterwards: board.startStub } : { error: errors.notBegun };
    },
  };
};
