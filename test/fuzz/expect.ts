import type { Problem } from "../../core/rules/rule";
import type { Span, TextEdit } from "../../core/text/span";

/** Plain checks: a test framework's own would cost more than what is tested. */
export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

export const expectInside = ({ start, end }: Span, text: string, what: string): void =>
  expectThat(
    0 <= start && start <= end && end <= text.length,
    `${what} from ${start} to ${end} is not inside the text of ${text.length}`,
  );

/** Edits as editors take them: inside the text, not over each other. */
export function expectEdits(edits: readonly TextEdit[], text: string, what: string): void {
  let last = 0;
  for (const { span } of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    expectInside(span, text, what);
    expectThat(last <= span.start, `${what}: two edits overlap at ${span.start}`);
    last = span.end;
  }
}

/** Whatever rule they come from. */
export function expectProblems(
  problems: readonly Pick<Problem, "id" | "at" | "message" | "related" | "fixes">[],
  text: string,
): void {
  for (const { id, at, message, related = [], fixes = [] } of problems) {
    expectInside(at, text, id);
    expectThat(message.length > 0, `${id} says nothing`);
    expectThat(!/\bNaN\b|\bInfinity\b|\[object/.test(message), `${id} says: ${message}`);
    for (const other of related) expectInside(other.at, text, `what is related to ${id}`);
    for (const fix of fixes) {
      expectThat(fix.title.length > 0, `a fix of ${id} has no title`);
      if ("edits" in fix) expectEdits(fix.edits, text, `a fix of ${id}`);
    }
  }
}
