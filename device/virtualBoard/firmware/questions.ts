import { createHash } from "node:crypto";
import type { VerifyEffect } from "../../../core/sim/boot/effects";
import type { Answer, Effect, QueryEffect, ReadEffect } from "../../../core/sim/effect";
import { answerOf } from "../../../core/sim/flash/answer";
import { BLOCK, SECTOR } from "../../../core/sim/flash/contents";
import { flashOf } from "../../../core/sim/flash/flash";
import { alignDown, alignUp } from "../../../core/text/units";
import type { FlashChip } from "../flashChip";

export type FlashQuestion = ReadEffect | QueryEffect | VerifyEffect;

export const isQuestion = (effect: Effect | VerifyEffect): effect is FlashQuestion =>
  ["read", "is-blank", "is-equal", "sha256", "image", "verify"].includes(effect.kind);

/** What the chip holds, as a program asks for it. What lies beyond its end reads as FF. */
export function answerFrom(chip: FlashChip, effect: FlashQuestion): Answer {
  switch (effect.kind) {
    case "read":
      return bytesAt(chip, effect.offset, effect.size);
    case "is-blank":
      return bytesAt(chip, effect.offset, effect.size).every((byte) => byte === 0xff);
    case "is-equal":
      return Buffer.from(bytesAt(chip, effect.a, effect.size)).equals(bytesAt(chip, effect.b, effect.size));
    case "sha256":
      return createHash("sha256")
        .update(bytesAt(chip, effect.offset, effect.size))
        .digest("hex");
    case "image":
    case "verify":
      return imageAnswer(chip, effect);
  }
}

const bytesAt = (chip: FlashChip, offset: number, size: number): Uint8Array =>
  chip.read(offset, size) ?? new Uint8Array(size).fill(0xff);

/** Only the blocks around the image are looked at: whether it fits its addresses depends on its place in a block. */
function imageAnswer(chip: FlashChip, effect: Extract<FlashQuestion, { kind: "image" | "verify" }>): Answer {
  const { offset, size } = effect;
  if (offset + size > chip.size) return effect.kind === "verify" ? "Image is not inside of the flash" : 0;
  const start = alignDown(offset, BLOCK);
  const end = alignUp(offset + size, SECTOR);
  const answer = answerOf(flashOf(bytesAt(chip, start, end - start)), { ...effect, offset: offset - start });
  // It names the place where it looked.
  return typeof answer === "string"
    ? answer.replace(
        /^(image at 0x)([0-9a-f]+)/,
        (_, words, at) => words + (parseInt(at, 16) + start).toString(16),
      )
    : answer;
}
