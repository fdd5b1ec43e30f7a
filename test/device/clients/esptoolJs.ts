import { createHash } from "node:crypto";
import { ESPLoader, Transport } from "esptool-js";
import { type ClientOf, FAST } from "./client";

/** esptool-js as its own README uses it. It writes its trace to the console whatever it is told. */
class QuietTransport extends Transport {
  override trace(): void {}
}

export const esptoolJs: ClientOf = async (port) => {
  const transport = new QuietTransport(port as unknown as SerialPort);
  const terminal = { clean: () => undefined, write: () => undefined, writeLine: () => undefined };
  const loader = new ESPLoader({ transport, baudrate: FAST, terminal });
  return {
    async connect() {
      await loader.main();
      return { chip: loader.chip.CHIP_NAME, mac: await loader.chip.readMac(loader) };
    },
    write: (address, data) =>
      loader.writeFlash({
        fileArray: [{ data, address }],
        flashMode: "keep",
        flashFreq: "keep",
        flashSize: "keep",
        eraseAll: false,
        compress: true,
        calculateMD5Hash: (bytes) => createHash("md5").update(bytes).digest("hex"),
      }),
    read: (address, size) => loader.readFlash(address, size),
    md5: (address, size) => loader.flashMd5sum(address, size),
    close: () => transport.disconnect(),
  };
};
