import { type AppImage, readApp } from "../../core/image/appImage";
import { readBootloader } from "../../core/image/bootloader";
import { type EspImage, readImage } from "../../core/image/readImage";
import { bootloader as secondStageOf } from "../../core/sim/boot/bootloader";
import { bootOnce } from "../../core/sim/boot/bootOnce";
import { flashOf } from "../../core/sim/flash/flash";

/** What the second stage bootloader logs, and the app that it starts. */
export interface SecondStage {
  readonly lines: readonly string[];
  readonly app: AppImage | undefined;
}

/**
 * `bootloader` is the image that the ROM has loaded: the version in it and the flash size of its header count. It is one
 * without rollback. What it would write to otadata is left out: a board in this process holds what was flashed.
 */
export const secondStage = (flash: Uint8Array, bootloader: EspImage, tableOffset: number): SecondStage => {
  const idfVersion = readBootloader(flash, bootloader).version.idfVersion ?? "";
  const { chip, flashSize } = bootloader;
  const model = { kind: "plain", idfVersion } as const;
  const { lines, app } = bootOnce(flashOf(flash), secondStageOf({ chip, tableOffset, flashSize, model }));
  const image = app && readImage(flash, app.offset);
  return { lines, app: app && image?.ok ? readApp(flash, image.value, app.offset + app.size) : undefined };
};
