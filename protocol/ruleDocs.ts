/** Where a rule is explained, in the repository of Crossflash; the anchor is its id. */
export const ruleDocs = (id: string): string =>
  `https://github.com/crossflash/crossflash/blob/main/docs/rules.md#${encodeURIComponent(id)}`;
