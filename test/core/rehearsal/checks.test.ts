import { describe, expect, test } from "vitest";
import { blankEntry, encodeOtadata, otaEntry } from "../../../core/ota/otadata";
import { checksOf, type ReadBack, readPlaces } from "../../../core/rehearsal/checks";
import { rehearsalOf } from "../../device/support/rehearsed";
import { ascii, blank, concat, padTo } from "../../support/bytes";
import { smallMicropython } from "../../support/deliveryFixture";

const littlefs = padTo(concat([blank(8), ascii("littlefs")]), 0x2000);
const fat = ((): Uint8Array => {
  const sector = new Uint8Array(0x2000);
  sector.set([0x55, 0xaa], 510);
  sector.set(ascii("FAT12"), 54);
  return sector;
})();

async function wanted(): Promise<ReadBack> {
  const { config } = await rehearsalOf();
  return {
    bytes: {
      table: config.targetTable,
      slot: smallMicropython,
      otadata: encodeOtadata([otaEntry(1), otaEntry(2)]),
      filesystem: littlefs,
    },
    banner: "MicroPython v1.23.0 on 2024-06-02; Generic ESP32 module with ESP32",
    isAnswering: true,
  };
}

/** Which checks fail, and what they say. */
async function checkFailing(changes: Partial<ReadBack>, failing: Readonly<Record<string, string>>) {
  const rehearsal = await rehearsalOf();
  const checks = checksOf(rehearsal, { ...(await wanted()), ...changes });
  const found = checks.filter(({ isPassed }) => !isPassed).map(({ id, found }) => [id, found]);
  expect(found.map(([id]) => id)).toEqual(Object.keys(failing));
  for (const [id = "", text] of found) expect(text).toContain(failing[id]);
}

const changed = async (part: Partial<ReadBack["bytes"]>): Promise<Partial<ReadBack>> => ({
  bytes: { ...(await wanted()).bytes, ...part },
});

describe("what is read back", () => {
  test("stands where the plan puts it", async () => {
    expect(readPlaces(await rehearsalOf())).toEqual({
      table: { address: 0x8000, size: 0x1000 },
      slot: { address: 0x150000, size: smallMicropython.length },
      otadata: { address: 0xe000, size: 0x2000 },
      filesystem: { address: 0x2d0000, size: 0x2000 },
    });
  });

  test("passes as it should be", () => checkFailing({}, {}));

  test("may be FAT, as MicroPython once made it", async () =>
    checkFailing(await changed({ filesystem: fat }), {}));

  test("may be a filesystem whose first superblock is torn", async () =>
    checkFailing(await changed({ filesystem: concat([blank(0x1000), littlefs.subarray(0, 0x1000)]) }), {}));

  test.each([0, 0x9f, 0xbff, 0xfff])("is not another table at byte %i", async (at) => {
    const table = (await wanted()).bytes.table.slice();
    table[at] = (table[at] ?? 0) ^ 1;
    await checkFailing(await changed({ table }), { table: `The byte at 0x${(0x8000 + at).toString(16)} is` });
  });

  test("is not another image", async () => {
    const slot = smallMicropython.slice();
    slot[100] = (slot[100] ?? 0) ^ 1;
    await checkFailing(await changed({ slot }), { slot: "instead of" });
  });

  test.each([
    [encodeOtadata([otaEntry(1), blankEntry]), "tries 'app0' first"],
    [encodeOtadata([blankEntry, blankEntry]), "tries 'app0' first"],
    [blank(16), "It selects nothing."],
  ])("is not another selection", async (otadata, words) =>
    checkFailing(await changed({ otadata }), { otadata: words }),
  );

  test.each([blank(0x2000), new Uint8Array(0x2000), ascii("littlefs")])(
    "is not nothing at all",
    async (filesystem) => checkFailing(await changed({ filesystem }), { filesystem: "hold none" }),
  );

  test.each<[Partial<ReadBack>, string]>([
    [{ banner: undefined }, "It never said who it is."],
    [{ banner: "MicroPython v1.23.01 on 2024-06-02; ESP32" }, "but the file is v1.23.0"],
    [{ isAnswering: false }, "but its prompt does not answer"],
  ])("is not a banner like %o", async (changes, words) => checkFailing(changes, { banner: words }));
});
