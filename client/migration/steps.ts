/** What somebody answers to a step: a value, or to go back, or to stop. A value that nobody was asked for is known. */
export type Answer<T> =
  | { readonly kind: "asked" | "known"; readonly value: T }
  | { readonly kind: "back" | "cancelled" };

export const asked = <T>(value: T): Answer<T> => ({ kind: "asked", value });
export const known = <T>(value: T): Answer<T> => ({ kind: "known", value });

/** One step, then the next with its answer. Going back from the next asks the first again, unless nobody was asked. */
export async function inTurn<A, B>(
  first: () => Promise<Answer<A>>,
  next: (value: A) => Promise<Answer<B>>,
): Promise<Answer<B>> {
  for (;;) {
    const answer = await first();
    if (!("value" in answer)) return answer;
    const following = await next(answer.value);
    if (following.kind !== "back" || answer.kind === "known") return following;
  }
}
