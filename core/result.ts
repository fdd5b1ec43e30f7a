/**
 * What reading bytes or text from outside gives: a value, or one reason of a closed list and where it was found.
 * `at` is a byte offset for binary input and a UTF-16 offset for text; `message` is a sentence for people.
 */
export type Result<T, Reason extends string> = { readonly ok: true; readonly value: T } | Failure<Reason>;

export interface Failure<Reason extends string> {
  readonly ok: false;
  readonly reason: Reason;
  readonly at: number;
  readonly message: string;
}

export const success = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const failure = <Reason extends string>(
  reason: Reason,
  at: number,
  message: string,
): Failure<Reason> => ({ ok: false, reason, at, message });
