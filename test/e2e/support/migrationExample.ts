import { makeMicroPython, micropythonTexts } from "../../support/imageFixture";
import type { Opening } from "./test";

/** The size of MicroPython 1.14 in the published procedure: it fits ota_1 and not ota_0. */
export const micropython = makeMicroPython({ size: 1_464_336, texts: micropythonTexts("v1.14") });

/** The example for the docs, with its table in front. Binaries are made, not kept in the repository. */
export const migrationExample: readonly [string, Opening] = [
  "examples/migration",
  { file: "partitions.csv", files: { "micropython.bin": micropython } },
];
