import { BoardFault } from "../flasher/fault";
import type { ListedPort } from "./driver";
import { holdersOf } from "./holders";
import { missingRight } from "./permission";

/** Why a port could not be opened, with what this machine knows about it. The error has the system's own words. */
export const openFault = async (
  { path, vendorId }: ListedPort,
  error: unknown,
  wasOpen: boolean,
): Promise<BoardFault> => {
  if (error instanceof BoardFault) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const kind = KINDS.find(({ words }) => words.test(reason))?.kind;
  if (kind === "busy") return new BoardFault("busy", busyText(path, await holdersOf(path)));
  if (kind === "forbidden") return new BoardFault("forbidden", await missingRight(path, vendorId));
  if (kind === "gone") return new BoardFault("gone", goneText(path, wasOpen));
  if (kind === "no port") return new BoardFault("gone", `${path} is no serial port.`);
  return new BoardFault("refused", `${path} could not be opened: ${reason.replace(/^Error:?\s*/, "")}.`);
};

/** What Linux, macOS and Windows say, as serialport passes it on. On Windows a port has one owner at a time. */
const KINDS = [
  {
    kind: "busy",
    words: /cannot lock port|resource (temporarily unavailable|busy)|device busy|access denied/i,
  },
  { kind: "forbidden", words: /permission denied|operation not permitted/i },
  { kind: "gone", words: /no such (file|device)|file not found|device not configured/i },
  { kind: "no port", words: /inappropriate ioctl|not a (typewriter|directory)|is a directory/i },
] as const;

const busyText = (path: string, holders: readonly string[]): string => {
  if (holders.length > 0)
    return `${path} is in use by ${holders.join(" and ")}. Close the port there, then try again.`;
  return `${path} is in use by another program. Close serial monitors and other tools that show this board, then try again.`;
};

const goneText = (path: string, wasOpen: boolean): string =>
  wasOpen
    ? `${path} has gone and did not come back. Check the cable, or pull it and plug it in again, then try again.`
    : `There is no port ${path}. Connect the board, and check that its cable carries data and not only power.`;
