import { expect, test } from "vitest";
import { layoutChoices, layoutsText } from "../../../client/migration/layoutChoices";
import { proposeLayouts } from "../../../core/migrate/solve/proposeLayouts";
import { entriesOf, stockTables } from "../../core/migrate/stockTables";

const entries = entriesOf(stockTables["Arduino default"].table);
const proposals = (binarySize: number) =>
  proposeLayouts({ source: { entries, tableOffset: 0x8000 }, flashSize: 0x400000, binarySize });

test("the published layout of the published binary", () => {
  const [first] = layoutChoices(proposals(1_464_336));
  expect(first).toMatchObject({
    label: "As published",
    description: "app1 1.5 MB, vfs 1.19 MB · no update over the air later",
  });
  expect(first?.value?.receiver).toMatchObject({ offset: 0x150000, size: 0x180000 });
  expect(first?.fault).toBeUndefined();
});

test("a layout that is the same table as another one says so", () => {
  const last = layoutChoices(proposals(1_464_336)).at(-1);
  expect(last).toMatchObject({
    label: "Largest filesystem",
    description: "the same table as 'As published'",
  });
});

test("what is not possible says why, and cannot be chosen", () => {
  for (const choice of layoutChoices(proposals(0x400000))) {
    expect(choice.description).toBe("not possible");
    expect(choice.fault).toContain(choice.detail);
    expect(choice).not.toHaveProperty("value");
  }
});

test("all layouts to be read", () => {
  const text = layoutsText(proposals(1_464_336), entries);
  for (const title of ["As published\n----", "Balanced\n----", "Largest filesystem\n----"])
    expect(text).toContain(title);
  expect(text).toMatch(/vfs +data, fat +0x2d0000/);
});
