import { type Program, type Task, wait } from "../effect";
import { act } from "./actions";
import type { RepartitionerConfig } from "./config";
import { type Action, type DeviceFacts, decide } from "./decide";
import { lookAround, type Situation } from "./facts";
import { say } from "./lines";
import { selectSlot } from "./otadata";
import { choiceOf } from "./tables";
import { pauseAfter } from "./units";

/**
 * The repartitioner, from one start to the next: looks around, decides, does one thing, and looks again. The C core
 * (`firmware/core/rp_run.c`) does the same in the same order; a test compares every operation.
 */
export function* repartitioner(config: RepartitionerConfig): Program {
  let failures = 0;
  let isTold = false;
  let isConfirmed = false;
  const done = new Set<Action>();
  for (;;) {
    const situation = yield* lookAround(config, failures);
    const action = decide(situation.facts);
    if (!isTold) yield* tell(action, situation.facts);
    isTold = true;
    if (isFinal(action) && !isConfirmed) {
      yield* confirm(situation);
      isConfirmed = true;
    }
    const isDone = yield* act(action, situation, config, failures + 1);
    // What was done and has to be done again was not done: flash that forgets must not keep the device busy for ever.
    if (isDone && !done.has(action)) {
      done.add(action);
      continue;
    }
    failures++;
    yield* wait(pauseAfter(failures));
  }
}

function* tell(action: Action, { table, running }: DeviceFacts): Task<void> {
  if (action.startsWith("stop-"))
    return yield* say("check-device", "stopped", `reason=${action.slice("stop-".length)}`);
  yield* say("check-device", "ok", `table=${table}`, `running=${running}`);
  if (table === "target" && running === "runner") yield* say("check-target", "ok");
}

/** Whether the device is changed for good by it; what leads back, waits, or cannot wait needs no confirmation. */
const isFinal = (action: Action): boolean =>
  [
    "copy",
    "start-runner",
    "erase-filesystem",
    "settle-otadata",
    "write-table",
    "download",
    "select",
  ].includes(action);

/** Where the bootloader undoes updates that do not confirm themselves, this one now stays. */
function* confirm({ rows, running }: Situation): Task<void> {
  const selection = yield* selectSlot(rows, [running && choiceOf(rows, running.offset)]);
  if (selection !== "kept") yield* say("confirm-repartitioner", selection === "written" ? "ok" : "failed");
}
