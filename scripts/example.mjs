import { existsSync, writeFileSync } from "node:fs";
import { load } from "./load.mjs";

const path = new URL("../examples/migration/micropython.bin", import.meta.url);

/** The size of the image in the published procedure. */
const SIZE = 1_464_336;

/**
 * Makes the MicroPython of the example, which is 1.14 ported to ESP-IDF v3.3.5 as in the published procedure: header,
 * checksum, SHA-256, banner and size of a real one, but nothing in it that would run. Images of other projects are not committed, and nothing is downloaded.
 */
export async function makeExampleBinary() {
  if (existsSync(path)) return;
  const { makeMicroPython, micropythonTexts } = await load("test/support/imageFixture.ts");
  const texts = micropythonTexts("v1.14", "stand-in for the example with ESP32", "2021-02-02");
  writeFileSync(path, makeMicroPython({ size: SIZE, idfVersion: "v3.3.5", texts }));
}
