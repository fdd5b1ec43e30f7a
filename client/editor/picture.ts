import type { Picture } from "../../core/picture/picture";
import { comparisonOf, sourceScene, targetScene } from "../../core/picture/tables";
import type { LayoutSnapshot } from "../../protocol/webview";

/** What the panels show, as a picture to be exported, or a sentence where they show none: it would claim that flash is empty. */
export function pictureOf(snapshot: LayoutSnapshot): Picture | string {
  const { title, rows, options, binary, source, role, unreadable } = snapshot;
  if (unreadable !== undefined) return `${unreadable} There is no picture to export.`;
  const isMigrated = source !== undefined || role === "source";
  const isReadable = source !== undefined && source.fault === undefined;
  return {
    title,
    scene: targetScene(rows, { options, binary, isMigrated }),
    comparison: isReadable
      ? comparisonOf(sourceScene(source.rows, options), source.rows, rows, options)
      : undefined,
    binary: binary && binary.appSize > 0 ? binary : undefined,
  };
}

/** What went wrong with a PNG, for people: the first line of what the page says of it. */
export function pictureFault(message: string): string {
  const reason = message.split("\n", 1).join().trim().replace(/\.$/, "").slice(0, 200);
  return `The layout could not be exported as PNG${reason && ` (${reason})`}. Choose SVG instead.`;
}
