import { connectWith } from "../../../device/flasher/connect";
import { BoardFault } from "../../../device/flasher/fault";
import type { BoardPort } from "../../../device/port";
import type { BoardPorts } from "../../../device/ports";
import type { VirtualBoard } from "../../../device/virtualBoard/board";
import { turnClock } from "../../device/support/turnClock";

/** What talks to boards, with a clock that waits for nobody. */
export const flasher = async () => ({
  ...(await import("../../../device/index")),
  connectBoard: connectWith(turnClock()),
});

/** A desk with boards by the path of their port. A port in place of a board may be anything. */
export function deskWith(
  boards: Readonly<Record<string, VirtualBoard | BoardPort>>,
): BoardPorts & { readonly saved: () => number } {
  let saved = 0;
  return {
    async list() {
      return Object.keys(boards).map((path) => ({ path, kind: "serial", description: "CP2102" }));
    },
    async port(path) {
      const found = boards[path];
      if (!found) throw new BoardFault("gone", `There is no port ${path}.`);
      return "port" in found ? found.port : found;
    },
    virtualBoard(path) {
      const found = boards[path];
      return found && "port" in found ? found : undefined;
    },
    async save() {
      saved++;
    },
    saved: () => saved,
  };
}
