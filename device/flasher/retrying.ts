import { isFinal } from "./linkErrors";
import type { BoardLoader } from "./loader";

export const ATTEMPTS = 3;

/** The board does not answer any more, although the line is there. */
export class SilentError extends Error {
  override readonly name = "SilentError";
}

/** Brings the line back in step after an error, or throws what makes that impossible. */
export async function afterError(loader: BoardLoader, error: unknown): Promise<void> {
  if (isFinal(error)) throw error;
  await loader.line.drainInput();
  if (!(await loader.recover())) throw new SilentError("The board stopped answering");
}

/** A question that changes nothing is asked again where its answer was lost or damaged. */
export async function retrying<T>(loader: BoardLoader, question: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await question();
    } catch (error) {
      await afterError(loader, error);
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** A region that went wrong again and again: because of the line where there is a reason, else its flash keeps nothing. */
export class TooOftenError extends Error {
  override readonly name = "TooOftenError";
  constructor(readonly reason: unknown) {
    super("It went wrong too often");
  }
}
