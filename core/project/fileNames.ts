/** Files that are partition tables by their name; other CSV files belong to others. */
export const isTableName = (name: string): boolean => /^partitions.*\.csv$|partitions\.csv$/i.test(name);

export const MANIFEST_NAME = "crossflash.json";
