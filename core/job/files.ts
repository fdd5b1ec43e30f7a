import type { ChipTarget } from "../chip/targets";
import type { ChosenBinary } from "../facts";
import { extractApp } from "../image/combined";
import { inspectImage } from "../image/inspect";
import { chosenBinary } from "../project/chosenBinary";
import { failure, type Result, success } from "../result";
import type { JobFault } from "./job";

/** A file that goes onto a board; the name is for messages. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The app of a file, without what may stand around it, and what it is. */
export interface AppFile {
  /** With its signature, where it has one. */
  readonly bytes: Uint8Array;
  readonly chip: ChipTarget;
  readonly binary: ChosenBinary;
}

/** Takes an app, or a combined image with one app in it. */
export function readAppFile({ name, bytes }: NamedFile): Result<AppFile, JobFault> {
  const report = inspectImage(bytes);
  if (report.kind === "app" || report.kind === "combined" || report.kind === "flash-dump") {
    const { image, trailing } = report.app;
    const app = report.kind === "app" ? success(bytes.slice(0, trailing.signedEnd)) : extractApp(bytes);
    if (!app.ok) return failure("image", 0, `'${name}' cannot be used. ${app.message}`);
    return success({ bytes: app.value, chip: image.chip, binary: chosenBinary(name, report) });
  }
  const { fault } = chosenBinary(name, report);
  return failure("image", 0, `'${name}' cannot be used, because an app is needed. ${fault}`);
}
