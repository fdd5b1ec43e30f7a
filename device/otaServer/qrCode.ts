import { renderSVG, renderUnicodeCompact } from "uqr";

/** A QR code for a terminal, one line of text for two of the code. */
export const qrLines = (text: string): readonly string[] => renderUnicodeCompact(text).split("\n");

/** A QR code as an SVG, dark on light whatever the theme is: cameras want it so. */
export const qrSvg = (text: string): string =>
  renderSVG(text, { blackColor: "#000000", whiteColor: "#ffffff" });
