/** The article by which people do this by hand, and its table: which releases go with an ESP-IDF. */
export const PUBLISHED_PROCEDURE = '"Over-the-air switch from ESP-IDF to micropython"';

export interface PublishedRow {
  readonly idf: string;
  readonly releases: readonly string[];
}

/** Cell by cell as published, its author's own tests. The list ends at 1.18 and at ESP-IDF v4.2. */
export const publishedRows: readonly PublishedRow[] = [
  { idf: "v4.2", releases: ["1.15", "1.16", "1.17", "1.18"] },
  { idf: "v4.1.1", releases: ["1.15", "1.16", "1.17", "1.18"] },
  { idf: "v4.0.2", releases: ["1.15", "1.16", "1.17", "1.18"] },
  { idf: "v4.0.1", releases: ["1.13", "1.14"] },
  { idf: "v3.3.2", releases: ["1.13", "1.14", "1.12"] },
];

/** Its example: the bootloader of Arduino 1.0.6, for which no release fitted. */
export const publishedPort = { bootloader: "v3.3.5", release: "1.14", from: "v3.3.2", to: "v3.3.5" } as const;
