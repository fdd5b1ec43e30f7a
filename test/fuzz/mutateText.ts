import type { Random } from "./random";

/** What a mutation may use: other texts of the same kind, and words that mean something there. */
export interface TextMaterial {
  readonly seeds: readonly string[];
  readonly words: readonly string[];
}

type Mutation = (text: string, random: Random, material: TextMaterial) => string;

function flipBit(text: string, random: Random): string {
  const at = random.below(text.length);
  return replaced(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(16))));
}

const cut: Mutation = (text, random) => replaced(text, ...someRange(text, random), "");

const repeatPart: Mutation = (text, random) => {
  const [at, length] = someRange(text, random);
  const times = random.oneIn(100) ? random.below(300) : random.below(4);
  return replaced(
    text,
    at,
    length,
    text
      .slice(at, at + length)
      .repeat(times + 1)
      .slice(0, 20_000),
  );
};

const repeatLine: Mutation = (text, random) => {
  const lines = text.split("\n");
  const line = random.pick(lines);
  const times = random.oneIn(200) ? random.below(120) : 1;
  return lines.flatMap((other) => (other === line ? Array(times + 1).fill(line) : [other])).join("\n");
};

const moveLine: Mutation = (text, random) => {
  const lines = text.split("\n");
  const [line = ""] = lines.splice(random.below(lines.length), 1);
  return lines.toSpliced(random.below(lines.length + 1), 0, line).join("\n");
};

const insertWord: Mutation = (text, random, { words }) =>
  replaced(text, random.below(text.length + 1), 0, random.pick(words));

/** What stands between separators becomes another word. */
const replaceField: Mutation = (text, random, { words }) => {
  const at = random.below(text.length);
  const from = Math.max(text.lastIndexOf(",", at), text.lastIndexOf("\n", at)) + 1;
  const length = text.slice(from).search(/[,\n]|$/);
  return replaced(text, from, length, random.pick(words));
};

const replaceNumber: Mutation = (text, random) => {
  const numbers = [...text.matchAll(/-?\b(?:0x[0-9a-f]+|\d+)\b/gi)];
  if (numbers.length === 0) return text;
  const { 0: number, index } = random.pick(numbers);
  return replaced(text, index, number.length, someNumber(Number(number.replace("-", "")), random));
};

const insertStrange: Mutation = (text, random) =>
  replaced(text, random.below(text.length + 1), 0, strangeCharacter(random));

const splice: Mutation = (text, random, { seeds }) => {
  const other = random.pick(seeds);
  return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
};

const changeLineEnds: Mutation = (text, random) =>
  text.replaceAll("\n", random.pick(["\r\n", "\r", "\u2028"]));

/** A piece of the text again and again, up to more than is read at all. */
function swollen(text: string, random: Random): string {
  const [at, length] = someRange(text, random);
  const piece = text.slice(at, at + Math.max(1, Math.min(length, 12))) || ",";
  const size = random.oneIn(10) ? 1_040_000 : 2 ** (10 + random.below(8));
  return replaced(text, at, 0, piece.repeat(size / piece.length));
}

const borders = [
  0,
  1,
  0xff,
  0x100,
  0x1000,
  0x8000,
  0x9000,
  0x10000,
  0x3f0000,
  0x400000,
  2 ** 31,
  2 ** 32,
  2 ** 53,
];

function someNumber(before: number, random: Random): string {
  const value = random.oneIn(3) ? before : random.pick(borders);
  const moved = value + random.pick([0, 0, -1, 1, 0x1000, -0x1000, 0x10000]);
  const text = random.oneIn(2) ? `0x${Math.abs(moved).toString(16)}` : String(moved);
  return random.oneIn(10) ? text + random.pick(["K", "M", "kkkkkkkkkk", "MB", "e400"]) : text;
}

const strange = [
  "\0",
  "\t",
  "\x0b",
  "\x1c",
  "\x85",
  "\ufeff",
  "\u2028",
  "\ud800",
  "\udc00",
  "😀",
  "é",
  "İ",
  "ſ",
  "٣",
  "\u212a",
  "\u3000",
];

const strangeCharacter = (random: Random): string =>
  random.oneIn(3) ? String.fromCharCode(random.below(0x10000)) : random.pick(strange);

function someRange(text: string, random: Random): [at: number, length: number] {
  const at = random.below(text.length + 1);
  const longest = random.oneIn(4) ? text.length - at : Math.min(24, text.length - at);
  return [at, random.below(longest + 1)];
}

const replaced = (text: string, at: number, length: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + length);

const mutations: readonly Mutation[] = [
  flipBit,
  cut,
  repeatPart,
  repeatLine,
  moveLine,
  insertWord,
  insertWord,
  replaceField,
  replaceField,
  replaceNumber,
  replaceNumber,
  insertStrange,
  splice,
  changeLineEnds,
];

/** A seed after a few mutations; now and then none, so that the seeds themselves are tried too. */
export function mutatedText(random: Random, material: TextMaterial): string {
  let text = random.pick(material.seeds);
  for (let left = random.below(6); left > 0; left--) text = random.pick(mutations)(text, random, material);
  return random.oneIn(5000) ? swollen(text, random) : text;
}
