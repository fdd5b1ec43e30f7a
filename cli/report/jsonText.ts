/** A document for programs. */
export const jsonText = (value: unknown, replacer?: (key: string, value: unknown) => unknown): string =>
  `${readableJson(JSON.stringify(value, replacer, 2))}\n`;

/** People look at JSON too, so what a terminal would obey is escaped; the value stays the same. */
export const readableJson = (json: string): string =>
  json.replace(
    /[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
