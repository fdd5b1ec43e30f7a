import type { FlashRange } from "../../core/job/range";
import { failure, type Result, success } from "../../core/result";
import { parseIntLiteral } from "../../core/text/python";
import { choice, flag, type Option, oneOf, refused } from "../options";
import { flashSize, tableOffset } from "../tableOptions";

/** The options that several commands on boards share. */

export const port: Option<string | undefined> = {
  ...oneOf(
    "PORT",
    "Where the board is: a serial path, virtual or virtual:NAME. The only serial port unless told otherwise.",
    (given) => (given === "" ? refused("must not be empty") : success(given)),
  ),
  short: "p",
};

export const baud = oneOf(
  "RATE",
  "Bits per second; 921600 unless told otherwise, and slower where that fails.",
  (given) =>
    /^[1-9]\d{2,7}$/.test(given)
      ? success(Number(given))
      : refused(`must be a baud rate such as 460800, not '${given}'`),
);

export const mac = oneOf(
  "MAC",
  "The board that is meant: any other one that answers is left alone.",
  (given) =>
    /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(given)
      ? success(given.toLowerCase().replaceAll("-", ":"))
      : refused(`must be six pairs of hex digits such as 24:6f:28:00:00:01, not '${given}'`),
);

export const format = choice(["text", "json"], "How the result is written; text unless told otherwise.");

/** What it takes to reach a board. */
export const connection = { port, mac, baud };

/** What it takes to know what is on one. */
export const looking = { "table-offset": tableOffset, "flash-size": flashSize };

/** What it takes to change one. */
export const changing = {
  "dry-run": flag(
    "Show what would be done, and write nothing. Without a board the job is shown all the same.",
  ),
  yes: flag("Do not ask before something on the board is lost. Needed where nobody can be asked.", "y"),
};

const RANGE = "must be two addresses such as 0x9000:0xe000, the second behind the range";

export const parseRange = (given: string): Result<FlashRange, "usage"> => {
  const [from, to, ...more] = given.split(":").map(parseIntLiteral);
  if (from === undefined || to === undefined || more.length > 0 || from < 0 || to <= from)
    return failure("usage", 0, `${RANGE}, not '${given}'`);
  return success({ address: from, size: to - from });
};

export const range = (help: string) => oneOf("FROM:TO", help, parseRange);
