/** A refusal that the user can do something about: the message is a full sentence for people. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** Shown as a button. */
    readonly action?: { readonly title: string; readonly run: () => PromiseLike<unknown> },
  ) {
    super(message);
  }
}
