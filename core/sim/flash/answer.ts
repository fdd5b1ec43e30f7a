import type { VerifyEffect } from "../boot/effects";
import type { Answer, Effect } from "../effect";
import { eraseFlash, type Flash, readFlash, writeFlash } from "./flash";
import { isBlankAt, isEqualAt, sha256At } from "./questions";
import { imageAt, verifyImage } from "./verifyImage";

type FlashKind = "read" | "write" | "erase" | "is-blank" | "is-equal" | "sha256" | "image";
/** What flash alone can answer. */
export type FlashEffect = Extract<Effect, { readonly kind: FlashKind }> | VerifyEffect;
export type FlashChange = Extract<Effect, { readonly kind: "write" | "erase" }>;

/** The flash after an operation. A flash chip says of none whether it worked. */
export const flashAfter = (flash: Flash, change: FlashChange): Flash =>
  change.kind === "write"
    ? writeFlash(flash, change.offset, change.bytes)
    : eraseFlash(flash, change.offset, change.size);

/** The answer to a question about flash. */
export function answerOf(flash: Flash, effect: Exclude<FlashEffect, FlashChange>): Answer {
  switch (effect.kind) {
    case "read":
      return readFlash(flash, effect.offset, effect.size);
    case "is-blank":
      return isBlankAt(flash, effect);
    case "is-equal":
      return isEqualAt(flash, effect.a, effect.b, effect.size);
    case "sha256":
      return sha256At(flash, effect);
    case "image":
      return imageAt(flash, effect, effect.chipId);
    case "verify": {
      if (effect.offset + effect.size > flash.size) return "Image is not inside of the flash";
      const verdict = verifyImage(flash, effect, effect.chipId);
      return verdict.ok ? "" : verdict.text;
    }
  }
}
