import { type DecodedTable, decodeTable } from "../../core/table/decode";
import { encodeTable } from "../../core/table/encode";
import { printTable } from "../../core/table/print";
import { expectThat } from "./expect";

/** Encoding what was decoded, and decoding that, gives the same rows again. */
export function sameDecoded(decoded: DecodedTable, source: Uint8Array): void {
  const { entries, md5Row } = decoded;
  const encoded = encodeTable(entries, { md5Row });
  if (!encoded.ok) {
    expectThat(source.length > 0xc00, `a decoded table cannot be encoded: ${encoded.message}`);
    return;
  }
  const again = decodeTable(encoded.value);
  expectThat(again.ok, "an encoded table cannot be decoded");
  expectThat(printTable(again.value.entries) === printTable(entries), "an encoded table has other rows");
}
