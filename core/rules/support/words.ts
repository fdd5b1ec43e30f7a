/** The word that somebody most likely meant: at most two slips away, or a common other name. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const synonym = synonyms[typed];
  if (synonym !== undefined && known.includes(synonym)) return synonym;
  const [best] = known
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.min(2, Math.floor(typed.length / 2)) ? best.name : undefined;
}

/** What people write for what the table calls otherwise: names of partitions and of filesystems. */
const synonyms: Readonly<Record<string, string>> = {
  ffat: "fat",
  vfs: "fat",
  fatfs: "fat",
  fat16: "fat",
  fat32: "fat",
  otadata: "ota",
  phy_init: "phy",
  application: "app",
  coredumps: "coredump",
  core: "coredump",
  eeprom: "nvs",
  lfs: "littlefs",
};

/** Levenshtein's distance; words are short, so rows of the table are enough. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 3;
}
