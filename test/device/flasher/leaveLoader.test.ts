import { WritableStream } from "node:stream/web";
import { expect, test } from "vitest";
import { u32 } from "../../../core/image/bytes";
import type { BoardPort } from "../../../device/port";
import { slipDecoder } from "../../../device/slip";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { COMMAND, readRequest } from "../../../device/virtualBoard/packet";
import { connect } from "../support/faultRun";
import { portWith } from "../support/oddPorts";

/** Of a board on a port with these ids: the registers that a restart writes, and whether the lines were pulled. */
const restartOf = async (options: VirtualBoardOptions, ids: ReturnType<BoardPort["getInfo"]>) => {
  const { port } = virtualBoard(options);
  const decode = slipDecoder();
  let writes: string[] = [];
  let pulls = 0;
  const watched: BoardPort = Object.defineProperty(
    portWith(port, {
      getInfo: () => ids,
      setSignals: (signals) => {
        pulls++;
        return port.setSignals(signals);
      },
    }),
    "writable",
    {
      get() {
        const writer = port.writable?.getWriter();
        return new WritableStream<Uint8Array>({
          write(bytes) {
            for (const request of decode(bytes).flatMap((packet) => readRequest(packet) ?? []))
              if (request.command === COMMAND.writeReg)
                writes.push(`${u32(request.data, 0).toString(16)}=${u32(request.data, 4).toString(16)}`);
            return writer?.write(bytes);
          },
        });
      },
    },
  );
  const board = await connect(watched);
  [writes, pulls] = [[], 0];
  await board.restart();
  return { writes, pulled: pulls > 0 };
};

const BRIDGE = { usbVendorId: 0x10c4, usbProductId: 0xea60 };
const JTAG = { usbVendorId: 0x303a, usbProductId: 0x1001 };
const OTG = { usbVendorId: 0x303a, usbProductId: 2 };

test.each([
  { what: "an ESP32", chip: "esp32", ids: BRIDGE, writes: [], pulled: true },
  { what: "an S3 behind a bridge", chip: "esp32s3", ids: BRIDGE, writes: ["6000812c=0"], pulled: true },
  {
    what: "an S3 behind its own controller",
    chip: "esp32s3",
    ids: JTAG,
    writes: ["6000812c=0"],
    pulled: true,
  },
  {
    what: "an S2 on native USB whose IO0 was held down",
    chip: "esp32s2",
    ids: OTG,
    writes: ["3f408128=0", "3f4080ac=50d83aa1", "3f408098=7d0", "3f408094=d0000102", "3f4080ac=0"],
    pulled: false,
  },
] as const)("the wish for the loader is taken back on a restart: $what", async ({ chip, ids, ...wanted }) =>
  expect(await restartOf({ chip, connection: ids === JTAG ? "usb serial jtag" : "usb bridge" }, ids)).toEqual(
    { writes: wanted.writes, pulled: wanted.pulled },
  ),
);
