import type { LayoutFacts } from "../../../client/editor/facts";
import { chipById } from "../../../core/chip/targets";
import { noFacts } from "../../../core/facts";
import { noLayoutFacts } from "../../client/fakeLayout";

/** The table of the published procedure. */
export const otaTable = `nvs,data,nvs,0x9000,0x5000
otadata,data,ota,0xe000,0x2000
app0,app,ota_0,0x10000,0x140000
app1,app,ota_1,0x150000,0x180000
vfs,data,fat,0x2d0000,0x100000
`;

/** An overlap, a slot that is too small, rows without a place, several problems of one field. */
export const mistaken = `nvs,data,nvs,0x9000,0x5000
otadata,data,ota,0xe000,0x1000
app0,app,ota_0,0x10000,0x150000
app1,app,ota_1,0x140000,0x140000
app1,app,ota_1,0x280001,0x100
lost,data,nvs,0x3e0000,
far,data,nvs,0x3f0000,0x20000
`;

/** An ESP32 whose flash has 4 MB. */
export const esp32: LayoutFacts = {
  ...noLayoutFacts,
  surroundings: {
    facts: { ...noFacts, flashSize: 0x400000, chip: chipById("esp32") },
    role: "alone",
    dependsOn: [],
  },
};
