import { identityText, runsText } from "../../core/job/boardLines";
import { describeBoard } from "../../core/job/describeBoard";
import { columns } from "../../core/text/columns";
import { hex } from "../../core/text/units";
import { isFault } from "../../device/flasher/fault";
import type { FoundBoard } from "../../device/flows/flashFlow";
import type { PortInfo } from "../../device/ports";
import { letRun, withBoard } from "../board/connect";
import { baud, format } from "../board/options";
import { reported } from "../board/reporter";
import { defineCommand } from "../command";
import type { Io } from "../io";
import { flag } from "../options";

export default defineCommand({
  name: "boards",
  summary: "List the ports that a board may hang on, and what runs on the boards.",
  description:
    "Lists the serial ports and the virtual boards. With --identify each one is connected, which resets the board: chip, revision, MAC and what runs on it. A port where nobody answers is no problem, and is told.",
  options: { identify: flag("Connect every board, and say what it is.", "i"), baud, format },
  run: ({ options }, io) =>
    reported(io, options.format, async (reporter) => {
      const ports = await (await io.boards()).ports.list();
      const looks: Look[] = [];
      for (const port of ports)
        looks.push({ port, ...(options.identify ? await look(port, options.baud, io) : {}) });
      reporter.add({ ports: looks.map(described) });
      reporter.say(looks.length === 0 ? ["No port was found."] : columns(looks.map(cells)));
      return 0;
    }),
});

/** A port, and what came of looking who is there. */
interface Look {
  readonly port: PortInfo;
  readonly found?: FoundBoard;
  readonly fault?: string;
}

async function look({ path }: PortInfo, baudRate: number | undefined, io: Io): Promise<Omit<Look, "port">> {
  try {
    const found = await withBoard({ port: path, baud: baudRate }, io, async (board, { findBoard }) => {
      const read = await findBoard(board, { depth: "micropython", signal: io.interrupted() });
      await letRun(board);
      return read;
    });
    return { found };
  } catch (error) {
    if (!isFault(error) || error.kind === "cancelled") throw error;
    return { fault: error.message };
  }
}

const cells = ({ port, found, fault }: Look): string[] => [
  port.path,
  [port.description, usbText(port)].filter(Boolean).join(", "),
  found
    ? `${identityText(found.identity)}: ${runsText(describeBoard(found.identity, found.state))}`
    : (fault ?? ""),
];

/** As udev rules and device managers write it. */
const usbText = ({ usbVendorId, usbProductId }: PortInfo): string =>
  usbVendorId === undefined || usbProductId === undefined
    ? ""
    : [usbVendorId, usbProductId].map((id) => hex(id).slice(2).padStart(4, "0")).join(":");

const described = ({ port, found, fault }: Look) => ({
  ...port,
  ...(found ? { board: describeBoard(found.identity, found.state) } : {}),
  ...(fault === undefined ? {} : { error: fault }),
});
