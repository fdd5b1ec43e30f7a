import { expect, test } from "vitest";
import { type Answer, asked, inTurn, known } from "../../../client/migration/steps";

const back: Answer<string> = { kind: "back" };
const cancelled: Answer<string> = { kind: "cancelled" };

/** Three steps that answer from their lists; the trace is what was asked. */
async function walk(...lists: (readonly Answer<string>[])[]) {
  const trace: number[] = [];
  const left = lists.map((list) => [...list]);
  const step = (index: number) => async () => {
    trace.push(index + 1);
    return left[index]?.shift() ?? cancelled;
  };
  const answer = await inTurn(step(0), (a) =>
    inTurn(step(1), (b) => inTurn(step(2), async (c) => asked(`${a}${b}${c}`))),
  );
  return { trace: trace.join(" "), answer: "value" in answer ? answer.value : answer.kind };
}

const checkWalk = (title: string, lists: (readonly Answer<string>[])[], trace: string, answer: string) =>
  test(title, async () => expect(await walk(...lists)).toEqual({ trace, answer }));

const [a, b, c] = [asked("a"), asked("b"), asked("c")];
checkWalk("one after the other", [[a], [b], [c]], "1 2 3", "abc");
checkWalk("back asks the one before again", [[a], [b, asked("B")], [back, c]], "1 2 3 2 3", "aBc");
checkWalk(
  "back passes over what nobody was asked",
  [
    [a, asked("A")],
    [known("b"), known("b")],
    [back, c],
  ],
  "1 2 3 1 2 3",
  "Abc",
);
checkWalk(
  "back twice",
  [
    [a, asked("A")],
    [b, back, b],
    [back, c],
  ],
  "1 2 3 2 1 2 3",
  "Abc",
);
checkWalk("back from the first step ends it", [[back], [], []], "1", "back");
checkWalk("cancelled at once", [[a], [cancelled], [c]], "1 2", "cancelled");
checkWalk("cancelled at the end", [[a], [b], [cancelled]], "1 2 3", "cancelled");
