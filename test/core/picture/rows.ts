import fc from "fast-check";
import type { LayoutRow } from "../../../core/edit/intent";

const sectors = fc.integer({ min: -2, max: 600 }).map((n) => n * 0x1000);
const subtypes = fc.option(fc.constantFrom(0, 1, 2, 4, 0x10, 0x11, 0x30, 0x81, 0x82, 0x90), {
  nil: undefined,
});

/** Names as somebody could write them, to be taken for markup of any kind. */
export const anyName = fc.oneof(
  fc.constantFrom(
    "nvs",
    "vfs",
    "ota_0",
    "",
    "<script>alert(1)</script>",
    "]]>",
    "&amp;",
    "a|b`c`",
    "\u0000\u001b[31m",
    "\ud800",
    "\u202e",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

/** Any row: overlapping, out of order, without a place, still being typed. */
export const layoutRow: fc.Arbitrary<LayoutRow> = fc
  .record({
    name: anyName,
    type: fc.option(fc.constantFrom(0, 1, 1, 1, 2, 3, 0x40), { nil: undefined }),
    subtype: subtypes,
    offset: fc.option(sectors, { nil: undefined }),
    isAutomatic: fc.boolean(),
    size: fc.option(sectors, { nil: undefined }),
  })
  .map(({ isAutomatic, offset, ...read }) => ({
    ...read,
    row: 0,
    offset: isAutomatic ? undefined : offset,
    blankOffset: isAutomatic,
    automatic: isAutomatic,
    encrypted: false,
    readonly: false,
  }));
