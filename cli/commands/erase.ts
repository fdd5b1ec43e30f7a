import { eraseBoard, eraseRegion } from "../../core/job/erase";
import type { FlashRange } from "../../core/job/range";
import { failure } from "../../core/result";
import { partitionOn } from "../board/makers";
import { changing, connection, format, looking, range } from "../board/options";
import { reported } from "../board/reporter";
import { type Maker, runJob } from "../board/runJob";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { flag, text } from "../options";

export default defineCommand({
  name: "erase",
  summary: "Erase the flash of a board, or a part of it.",
  description:
    "Makes flash blank: all of it, a range of whole sectors, or one partition of the table on the board. What is blank already is left alone, and the rest is compared by the board's own MD5 afterwards.",
  options: {
    all: flag("The whole flash; afterwards the board starts nothing."),
    range: range("From one address up to, but not including, another one; multiples of 0x1000."),
    partition: text("NAME", "One partition of the table on the board."),
    ...connection,
    ...looking,
    ...changing,
    format,
  },
  run: ({ options }, io) =>
    reported(io, options.format, async (reporter) => runJob(makerOf(options), options, io, reporter)),
});

interface What {
  readonly all: boolean;
  readonly range?: FlashRange | undefined;
  readonly partition?: string | undefined;
  readonly "flash-size"?: number | undefined;
}

function makerOf({ all, range, partition, "flash-size": stated }: What): Maker {
  const chosen = [all || undefined, range, partition].filter((one) => one !== undefined).length;
  if (chosen !== 1)
    throw new Stop(2, "Say what to erase: one of --all, --range FROM:TO and --partition NAME.");
  if (range) return (found) => eraseRegion(range, found?.present.table);
  if (partition !== undefined) return partitionMaker(partition);
  return (found) => {
    const flashSize = found ? found.identity.flashSize : stated;
    return flashSize === undefined
      ? failure(
          "flash-size",
          0,
          "How large the flash is, only the board knows. Connect one, or say it with --flash-size.",
        )
      : eraseBoard(flashSize, found?.present.table);
  };
}

const partitionMaker =
  (name: string): Maker =>
  (found) => {
    const place = partitionOn(found, name);
    return place.ok ? eraseRegion(place.value, found?.present.table) : place;
  };
