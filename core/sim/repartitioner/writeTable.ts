import { equalBytes } from "../../image/bytes";
import { erase, read, restart, type Task, wait, write } from "../effect";
import type { RepartitionerConfig } from "./config";
import { say } from "./lines";
import { canBeProgrammed } from "./tables";
import { SECTOR, TABLE_ATTEMPTS, TABLE_PAUSE } from "./units";

/**
 * The one sector that must not stay half written: erased, written and read back in the same boot, again and again until
 * it is right, because a device that restarts without a table is lost. A table that was half written by a boot before is
 * completed without erasing: programming only clears bits, so then nothing is at risk.
 */
export function* writeTable({ tableOffset, targetTable }: RepartitionerConfig): Task<boolean> {
  yield* say("write-table", "started");
  for (let attempt = 1; ; attempt++) {
    const found = yield* read(tableOffset, SECTOR);
    if (!canBeProgrammed(found, targetTable)) yield* erase(tableOffset, SECTOR);
    yield* write(tableOffset, targetTable);
    if (equalBytes(yield* read(tableOffset, SECTOR), targetTable)) break;
    yield* say("write-table", "failed", `attempt=${attempt}`);
    if (attempt >= TABLE_ATTEMPTS) yield* wait(TABLE_PAUSE);
  }
  yield* say("write-table", "ok");
  yield* say("reset", "ok");
  yield* restart();
  return true;
}
