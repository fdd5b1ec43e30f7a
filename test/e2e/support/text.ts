/** A pattern for exactly this text, whatever characters it holds. */
export const exactly = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

/** What VS Code shows as blanks are non-breaking ones. */
export const plainSpaces = (text: string): string => text.replaceAll("\u00a0", " ");
