/** A pattern for exactly this text, whatever characters it holds. */
export const exactly = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

/** What VS Code shows as blanks are non-breaking ones. */
export const plainSpaces = (text: string): string => text.replaceAll("\u00a0", " ");

/** VS Code's icons are letters of a font, in the range Unicode leaves to private use. */
export const withoutIcons = (text: string): string => text.replace(/[\ue000-\uf8ff]/g, "").trim();
