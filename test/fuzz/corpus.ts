import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeText } from "../../core/text/decode";
import { balancedCsv, publishedCsv } from "../support/headers";

/** Everything that the tests have of a kind is what mutations begin from. Paths are those of the repository. */
const filesIn = (folder: string, end: string): Uint8Array[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(end))
    .sort()
    // A Buffer would share its bytes with what is cut from it.
    .map((name) => new Uint8Array(readFileSync(join(folder, name))));

/** Short ones: what matters in a long one stands in a short one too, and many are tried in the same time. */
const texts = (files: readonly Uint8Array[], longest = 1000): string[] =>
  files.map(decodeText).flatMap((text) => (text.ok && text.value.length <= longest ? [text.value] : []));

export const csvSeeds: readonly string[] = [
  ...texts(filesIn("test/vectors", ".csv")),
  ...texts(filesIn("test/fixtures/rules", ".csv")),
  ...texts(filesIn("examples", ".csv")),
  ...texts(filesIn("test/vectors", "v_max_94_md5.csv"), 3000),
  balancedCsv,
  publishedCsv,
];

export const headerSeeds: readonly string[] = [
  ...texts(filesIn("test/fixtures/headers", ".h"), 4000),
  ...texts(filesIn("examples", ".h"), 4000),
];

export const manifestSeeds: readonly string[] = [
  ...texts(filesIn("examples", "crossflash.json")),
  "",
  "{}",
  '{\n  // The device\n  "chip": "esp32s3", /* new */\n  "target": { "table": "partitions.csv" },\n}\n',
  '{"source":{"table":"a/b.csv","app":"app.bin"},"bootloader":{"idf":"v3.3.5","arduino":"1.0.6"}}',
  '[{"chip": 1}, null, "\\u0041\\n"]',
];

export const tableSeeds: readonly Uint8Array[] = [
  ...filesIn("test/vectors/gen_esp32part/open", ".bin"),
  ...filesIn("test/vectors/gen_esp32part/decode", ".bin").filter(({ length }) => length <= 0x1000),
];
