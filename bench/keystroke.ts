import { makeMicroPython } from "../test/support/imageFixture";
import { startLspClient } from "../test/support/lspClient";
import { tableOfRows } from "../test/support/tables";
import { type Figure, timeFigure } from "./figure";
import { median } from "./measure";

const KEYSTROKES = 300;

/** From a change of the document to the answer with its diagnostics, through a real server in a process of its own. */
export async function keystrokeFigures(unit: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of [5, 20, 94]) figures.push(timeFigure(`${count} rows`, await keystroke(count), unit));
  return figures;
}

async function keystroke(count: number): Promise<number> {
  const client = await startLspClient({
    files: {
      "partitions.csv": tableOfRows(count),
      "micropython.bin": makeMicroPython({ size: 0xf0000, flashSize: "16MB" }),
      "crossflash.json": JSON.stringify({
        chip: "esp32",
        flashSize: "16MB",
        target: { table: "partitions.csv", micropython: "micropython.bin" },
      }),
    },
    capabilities: { textDocument: { diagnostic: {} } },
  });
  const uri = client.open("partitions.csv");
  await client.pull(uri);
  const times: number[] = [];
  for (let stroke = 0; stroke < KEYSTROKES; stroke++) {
    const start = performance.now();
    client.replace(
      uri,
      ...((stroke % 2 === 0 ? ["0x9000", "0x900"] : ["0x900", "0x9000"]) as [string, string]),
    );
    await client.pull(uri);
    times.push(performance.now() - start);
  }
  await client.stop();
  return median(times);
}
