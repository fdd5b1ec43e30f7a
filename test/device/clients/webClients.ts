import type * as EspWebFlasher from "esp-web-flasher";
import type * as Tasmota from "tasmota-webserial-esptool";
import { toHex } from "../../../core/image/bytes";
import { encodeSlip } from "../../../device/slip";
import { COMMAND } from "../../../device/virtualBoard/packet";
import { concat, words } from "../../support/bytes";
import { type Client, type ClientOf, FAST, QUIET } from "./client";
import { published } from "./published";

/** The two have the same ancestor, so they are used alike. */
type Loader = Tasmota.ESPLoader | EspWebFlasher.ESPLoader;

const PACKET = 0x1000;
const ANSWER_LIMIT = 3000;

/** The flasher of Tasmota's web installer. */
export const tasmota: ClientOf = async (port) => {
  const { ESPLoader } = await published<typeof Tasmota>("tasmota-webserial-esptool");
  await port.open({ baudRate: 115200 });
  const rom = new ESPLoader(port as unknown as SerialPort, QUIET);
  const { stub, ...client } = clientOf(rom, async () => rom.runStub());
  return { ...client, read: (address, size) => stub().readFlash(address, size) };
};

/** The flasher behind ESPHome's installer. It has no function that reads flash, but all that is needed for one. */
export const espWebFlasher: ClientOf = async (port) => {
  const { ESPLoader } = await published<typeof EspWebFlasher>("esp-web-flasher");
  await port.open({ baudRate: 115200 });
  const rom = new ESPLoader(port as unknown as SerialPort, QUIET);
  const { stub, ...client } = clientOf(rom, async () => rom.runStub());
  return {
    ...client,
    async read(address, size) {
      await stub().checkCommand(COMMAND.readFlash, [...words(address, size, PACKET, PACKET)]);
      const packets: Uint8Array[] = [];
      for (let received = 0; received < size; ) {
        const packet = Uint8Array.from(await stub().readPacket(ANSWER_LIMIT));
        packets.push(packet);
        received += packet.length;
        await stub().writeToStream([...encodeSlip(words(received))]);
      }
      await stub().readPacket(ANSWER_LIMIT);
      return concat(packets);
    },
  };
};

const clientOf = <T extends Loader>(
  rom: Loader,
  runStub: () => Promise<T>,
): Omit<Client, "read"> & { readonly stub: () => T } => {
  let running: T | undefined;
  const stub = (): T => {
    if (!running) throw new Error("The stub does not run.");
    return running;
  };
  return {
    stub,
    async connect() {
      await rom.initialize();
      running = await runStub();
      await running.setBaudrate(FAST);
      return { chip: rom.chipName ?? "", mac: macText(rom.macAddr()) };
    },
    write: (address, bytes) => stub().flashData(bytes.slice().buffer, () => undefined, address, true),
    async md5(address, size) {
      const [, digest] = await stub().checkCommand(COMMAND.spiFlashMd5, [...words(address, size, 0, 0)]);
      return toHex(Uint8Array.from(digest));
    },
    close: () => rom.disconnect(),
  };
};

const macText = (mac: readonly number[]): string =>
  mac.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
