/** The partitions that a CSV of a decoded table does not keep, by name. */
export const lostLines = (names: readonly string[]): string[] =>
  names.map(
    (name) =>
      `crossflash: Partition '${name}' is lost in this CSV, or read as another: Espressif's format has no way to write it. Change its row before you build from the CSV.`,
  );
