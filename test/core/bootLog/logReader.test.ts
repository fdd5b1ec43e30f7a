import { expect, test } from "vitest";
import { type LogPiece, logReader } from "../../../core/bootLog/logReader";

const LOG =
  "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\ninvalid header: 0xffffffff\r\n>>> ";

const titles = (pieces: readonly LogPiece[]): readonly (string | undefined)[] =>
  pieces.map(({ meaning }) => meaning?.title);

test("a piece ends behind each line that has a meaning", () => {
  expect(logReader()(LOG).map(({ text, meaning }) => [text, meaning?.severity])).toEqual([
    [LOG.slice(0, LOG.indexOf("invalid")), "information"],
    ["invalid header: 0xffffffff\r\n", "error"],
    [">>> ", undefined],
  ]);
});

test("wherever the log is cut, nothing is lost and the same is said", () => {
  const whole = titles(logReader()(LOG)).filter(Boolean);
  for (let cut = 0; cut <= LOG.length; cut++) {
    const read = logReader();
    const pieces = [...read(LOG.slice(0, cut)), ...read(LOG.slice(cut))];
    expect(pieces.map(({ text }) => text).join("")).toBe(LOG);
    expect(titles(pieces).filter(Boolean), `cut at ${cut}`).toEqual(whole);
  }
});

test("what is not yet a line is given at once, without a meaning", () => {
  const read = logReader();
  expect(read("invalid header: 0xfff")).toEqual([{ text: "invalid header: 0xfff", meaning: undefined }]);
  expect(titles(read("fffff\n"))).toEqual(["There is no bootloader"]);
});

test("a board that repeats itself is explained once, and again after a hundred lines", () => {
  const read = logReader();
  const said = Array.from({ length: 250 }, () => titles(read("invalid header: 0xffffffff\n")));
  expect(said.flatMap(([title], line) => (title === undefined ? [] : [line]))).toEqual([0, 101, 202]);
});

test("a line without an end is kept only in part", () => {
  const read = logReader();
  for (let count = 0; count < 100; count++) read("x".repeat(1000));
  expect(titles(read("\nflash read err, 1000\n"))).toEqual(["The ROM found no bootloader in flash"]);
});
