import type { Answer, Effect, Program } from "../../../core/sim/effect";
import { answerOf, flashAfter } from "../../../core/sim/flash/answer";
import type { Flash } from "../../../core/sim/flash/flash";

/** What a program has asked for that changes something, and the flash it leaves. */
export interface BareLife {
  readonly changes: readonly Change[];
  readonly log: readonly string[];
  readonly waits: readonly number[];
  readonly end: "restart" | "waiting";
  readonly flash: Flash;
}

export interface Change {
  readonly op: "erase" | "write";
  readonly offset: number;
  readonly size: number;
}

const MOST_WAITS = 30;
const MOST_EFFECTS = 100_000;

/**
 * One life of a program on flash that no bootloader would start from: only so the program meets tables that are garbage.
 * It is online, and nobody has anything to download.
 */
export function bareLife(program: Program, start: Flash, running: number): BareLife {
  const changes: Change[] = [];
  const log: string[] = [];
  const waits: number[] = [];
  let flash = start;
  const answer = (effect: Effect): Answer => {
    switch (effect.kind) {
      case "write":
      case "erase": {
        const size = effect.kind === "write" ? effect.bytes.length : effect.size;
        changes.push({ op: effect.kind, offset: effect.offset, size });
        flash = flashAfter(flash, effect);
        return true;
      }
      case "log":
        log.push(effect.line);
        return undefined;
      case "wait":
        waits.push(effect.milliseconds);
        return undefined;
      case "running":
        return running;
      case "protected":
        return false;
      case "connect":
        return true;
      case "fetch-open":
      case "fetch-read":
      case "fetch-close":
      case "restart":
        return undefined;
      default:
        return answerOf(flash, effect);
    }
  };
  let step = program.next();
  for (let count = 0; count < MOST_EFFECTS; count++) {
    if (step.done || step.value.kind === "restart") return { changes, log, waits, end: "restart", flash };
    if (waits.length >= MOST_WAITS) return { changes, log, waits, end: "waiting", flash };
    step = program.next(answer(step.value));
  }
  throw new Error(`it neither waits nor restarts: ${log.slice(-5).join("; ")}`);
}
