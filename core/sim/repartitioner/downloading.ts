import { sha256, type Task } from "../effect";
import type { RepartitionerConfig } from "./config";
import { eraseExtent } from "./erasing";
import { say } from "./lines";
import { receiverOf } from "./readiness";
import { type ReceiveFault, receive } from "./receiving";

/** One try to get MicroPython into its slot, read back and compared. */
export function* download(config: RepartitionerConfig, attempt: number): Task<boolean> {
  const result = yield* received(config);
  if (result === "ok") yield* say("download-micropython", "ok");
  else yield* say("download-micropython", "failed", `reason=${result}`, `attempt=${attempt}`);
  return result === "ok";
}

function* received(config: RepartitionerConfig): Task<ReceiveFault | "ok"> {
  const { micropython, receiverOffset: offset, chipId } = config;
  // Before anything is erased: behind the slot other things stand.
  if (!receiverOf(config)) return "length";
  const { size, sha256: wanted, headSha256: head } = micropython;
  const result = yield* receive({ image: "micropython", offset, size, chipId, head, sha256: wanted });
  if (result !== "ok" || (yield* sha256(offset, size)) === wanted) return result;
  // What is there looks like a download that could be continued, but is not.
  yield* eraseExtent({ offset, size });
  return "sha256";
}
