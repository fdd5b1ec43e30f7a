import { hex } from "../../text/units";
import { restart, type Task, wait } from "../effect";
import type { RepartitionerConfig } from "./config";
import { copyTo } from "./copying";
import type { Action } from "./decide";
import { download } from "./downloading";
import { eraseExtent } from "./erasing";
import { runnerChoices, type Situation } from "./facts";
import { type LoggedStep, resultOf, say } from "./lines";
import { type Selection, selectSlot } from "./otadata";
import { isReady } from "./readiness";
import { appAt, choiceOf } from "./tables";
import { STOPPED_PAUSE, UNCHANGED_PAUSE } from "./units";
import { writeTable } from "./writeTable";

/** Does one thing; false where it failed, so that it is tried again after a pause. `attempt` counts from 1. */
export function* act(
  action: Action,
  situation: Situation,
  config: RepartitionerConfig,
  attempt: number,
): Task<boolean> {
  switch (action) {
    case "stop-protected":
    case "stop-small-flash":
    case "stop-foreign-table":
    case "stop-foreign-slot":
      return yield* stop(situation);
    case "go-back":
      return yield* goBack(situation);
    case "restart":
      yield* restart();
      return true;
    case "wait":
      return false;
    case "heal-table":
      return yield* writeTable(config);
    case "copy":
      return yield* step("copy-to-runner", copy(situation, config));
    case "start-runner":
      return yield* start("start-from-runner", situation, config.runnerOffset);
    case "erase-filesystem":
      return yield* step("erase-filesystem", eraseAll(config));
    case "settle-otadata":
      return (yield* settle(situation, config)) !== "failed";
    case "write-table":
      return (yield* verifyTable(config)) && (yield* writeTable(config));
    case "download":
      return yield* download(config, attempt);
    case "select":
      return yield* start("select-micropython", situation, config.receiverOffset);
  }
}

function* step(id: LoggedStep, work: Task<boolean>): Task<boolean> {
  yield* say(id, "started");
  const isDone = yield* work;
  yield* say(id, resultOf(isDone));
  return isDone;
}

/** A device that must not be changed goes back to its firmware where it can, and looks again after a while where not. */
function* stop(situation: Situation): Task<boolean> {
  if (situation.wayBack) yield* goBack(situation);
  yield* wait(STOPPED_PAUSE);
  yield* restart();
  return true;
}

function* goBack({ rows, wayBack }: Situation): Task<boolean> {
  const selection = yield* selectSlot(rows, [wayBack && choiceOf(rows, wayBack.offset)]);
  const isDone = selection !== "failed";
  yield* say("go-back", resultOf(isDone), `offset=${hex(wayBack?.offset ?? 0)}`);
  if (isDone) yield* restartAfter(selection);
  return isDone;
}

/** Where otadata had been right already, the bootloader has not followed it: restarting at once would never end. */
function* restartAfter(selection: Selection): Task<void> {
  if (selection === "kept") yield* wait(UNCHANGED_PAUSE);
  yield* restart();
}

function* copy({ rows, running }: Situation, { runnerOffset, chipId }: RepartitionerConfig): Task<boolean> {
  const runner = appAt(rows, runnerOffset);
  return runner && running ? yield* copyTo(runner, running, chipId) : false;
}

function* eraseAll({ eraseList }: RepartitionerConfig): Task<boolean> {
  for (const extent of eraseList) if (!(yield* eraseExtent(extent))) return false;
  return true;
}

/** With a table under which the repartitioner does not start the device would be lost. */
function* verifyTable(config: RepartitionerConfig): Task<boolean> {
  const isDone = yield* isReady(config);
  yield* say("verify-table", resultOf(isDone));
  return isDone;
}

const settle = ({ rows }: Situation, config: RepartitionerConfig): Task<Selection> =>
  chosen("settle-otadata", selectSlot(rows, runnerChoices(rows, config)));

function* start(id: LoggedStep, { rows }: Situation, offset: number): Task<boolean> {
  const selection = yield* chosen(id, selectSlot(rows, [choiceOf(rows, offset)]));
  if (selection === "failed") return false;
  yield* restartAfter(selection);
  return true;
}

function* chosen(id: LoggedStep, work: Task<Selection>): Task<Selection> {
  const selection = yield* work;
  yield* say(id, resultOf(selection !== "failed"));
  return selection;
}
