import { expect, test } from "vitest";
import { pictureFault, pictureOf } from "../../client/editor/picture";
import { shownTable } from "../../client/editor/shownTable";
import { type ChosenBinary, noFacts } from "../../core/facts";
import { pictureMarkdown } from "../../core/picture/markdown";
import type { Picture } from "../../core/picture/picture";
import { pictureSvg } from "../../core/picture/svg";
import { noLayoutFacts } from "./fakeLayout";

const before = `nvs,     data, nvs,   0x9000,   0x5000
otadata, data, ota,   0xe000,   0x2000
ota_0,   app,  ota_0, 0x10000,  0x130000
ota_1,   app,  ota_1, 0x140000, 0x130000
spiffs,  data, spiffs, 0x270000, 0x190000
`;
const after = before
  .replace("0x140000, 0x130000", "0x140000, 0x190000")
  .replace(/spiffs.*\n/, "vfs, data, fat, 0x2d0000, 0x130000\n");

const micropython: ChosenBinary = {
  name: "micropython.bin",
  kind: "app",
  fault: "",
  appSize: 0x180000,
  title: "MicroPython v1.23.0",
};

function shown(binary: ChosenBinary, hasSource: boolean, text = after) {
  const facts = { ...noFacts, flashSize: 0x400000, micropython: binary };
  const { snapshot } = shownTable(text, {
    ...noLayoutFacts,
    surroundings: {
      ...noLayoutFacts.surroundings,
      facts,
      ...(hasSource ? { source: { title: "old.csv", path: undefined, text: before, fault: "" } } : {}),
    },
    version: 1,
    title: "partitions.csv",
    locked: undefined,
  });
  return pictureOf(snapshot);
}

function drawn(binary: ChosenBinary, hasSource: boolean): Picture {
  const picture = shown(binary, hasSource);
  if (typeof picture === "string") throw new Error(picture);
  return picture;
}

test("the picture tells what the panels show", () => {
  const picture = drawn(micropython, true);
  const region = (name: string) => picture.scene.regions.find((found) => found.name === name);
  expect(region("ota_1")).toMatchObject({ fill: { isTarget: true, left: 0x10000 }, isRunning: false });
  expect(region("ota_0")?.isRunning).toBe(true);
  const kinds = picture.comparison?.diff.changes.map(({ name, kind }) => `${name} ${kind}`);
  expect(kinds).toEqual([
    "nvs kept",
    "otadata kept",
    "ota_0 kept",
    "ota_1 grown",
    "spiffs erased",
    "vfs new",
  ]);
  expect(pictureSvg(picture)).toMatch(/^<svg .*partitions\.csv/s);
  expect(pictureMarkdown(picture)).toContain("ota_1");
});

test("without a source table nothing is compared, and nobody knows what runs", () => {
  const picture = drawn(micropython, false);
  expect(picture.comparison).toBeUndefined();
  expect(picture.scene.regions.some(({ isRunning }) => isRunning)).toBe(false);
});

test("a file that is no app fills no slot", () => {
  const picture = drawn({ ...micropython, kind: "unusable", appSize: 0, fault: "It is a picture." }, true);
  expect(picture.binary).toBeUndefined();
  expect(picture.scene.regions.some(({ fill }) => fill)).toBe(false);
});

test("of a table that is not drawn there is no picture, but the reason", () => {
  const text = "a, data, nvs, , 0x1000\n".repeat(201);
  expect(shown(micropython, true, text)).toMatch(
    /^partitions\.csv has 201 rows.*nothing of it is drawn\. There is no picture/,
  );
});

test("why there is no PNG is told in one line", () => {
  const because = "The layout could not be exported as PNG (Document is not focused). Choose SVG instead.";
  expect(pictureFault("Document is not focused.\n    at copyPng (main.js:1:2)")).toBe(because);
  expect(pictureFault("")).toBe("The layout could not be exported as PNG. Choose SVG instead.");
});
