import type { TableRow } from "../../image/tableRows";
import type { Answer } from "../effect";
import { answerOf, flashAfter } from "../flash/answer";
import type { Flash } from "../flash/flash";
import type { BootTask } from "./effects";

/** A start whose power does not fail: what was logged, which app was started, and the flash after it. */
export interface Start {
  readonly lines: readonly string[];
  readonly app: TableRow | undefined;
  readonly flash: Flash;
}

/** Runs a boot program to its end. */
export function bootOnce(flash: Flash, program: BootTask<TableRow | undefined>): Start {
  const lines: string[] = [];
  let current = flash;
  let answer: Answer;
  for (;;) {
    const step = program.next(answer);
    if (step.done) return { lines, app: step.value, flash: current };
    const effect = step.value;
    answer = true;
    switch (effect.kind) {
      case "log":
        lines.push(effect.line);
        break;
      case "write":
      case "erase":
        current = flashAfter(current, effect);
        break;
      case "read":
      case "is-blank":
      case "is-equal":
      case "sha256":
      case "image":
      case "verify":
        answer = answerOf(current, effect);
        break;
      case "running":
      case "protected":
      case "connect":
      case "fetch-open":
      case "fetch-read":
      case "fetch-close":
      case "wait":
      case "restart":
        throw new TypeError(`no bootloader asks for '${effect.kind}'`);
    }
  }
}
