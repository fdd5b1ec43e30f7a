import type { DeliveredImage } from "./events";

/** What speaks against serving an image. With an error among them nothing is served. */
export interface ImageFinding {
  readonly severity: "error" | "warning";
  /** Undefined for what concerns the whole migration. */
  readonly image: DeliveredImage | undefined;
  /** Sentences: what, where, what to do. */
  readonly message: string;
}

export const finding = (
  severity: ImageFinding["severity"],
  image: DeliveredImage | undefined,
  message: string,
): ImageFinding => ({ severity, image, message });
