import { renderSVG, renderUnicodeCompact } from "uqr";

/** A QR code for a terminal, one line of text for two of the code. */
export const qrLines = (text: string): readonly string[] => renderUnicodeCompact(text).split("\n");

/** As wide as a phone reads it from an arm's length, in pixels. */
const SIDE = 240;

/** A QR code as an SVG, dark on light whatever the theme is: cameras want it so, and a margin of four cells. */
export const qrSvg = (text: string): string =>
  renderSVG(text, { blackColor: "#000000", whiteColor: "#ffffff", border: 4 }).replace(
    "<svg ",
    `<svg width="${SIDE}" height="${SIDE}" `,
  );
