/** What came to ESP-IDF with which version, where it matters for a migration. */
export type IdfFeature =
  | "md5-row"
  | "app-descriptor"
  | "rollback"
  | "chip-id"
  | "version-macro"
  | "dangerous-write-options"
  | "esp-flash"
  | "spi-flash-removed"
  | "chip-revision-limits"
  | "app-needs-md5-row"
  | "bootloader-descriptor"
  | "dangerous-write-function"
  | "table-update";

export interface FeatureRow {
  readonly feature: IdfFeature;
  /** The first release of every branch that has it; the last one is where it came to the main branch. */
  readonly since: readonly string[];
  readonly what: string;
}

const row = (feature: IdfFeature, since: readonly string[], what: string): FeatureRow => ({
  feature,
  since,
  what,
});

export const FEATURES_SOURCE = "ESP-IDF's sources at its tags";

/** Read in ESP-IDF's sources at its tags. */
export const features: readonly FeatureRow[] = [
  row("md5-row", ["v3.1"], "the bootloader knows the MD5 row of the partition table"),
  row("app-descriptor", ["v3.3"], "apps carry a descriptor with their ESP-IDF version"),
  row("rollback", ["v3.3"], "otadata has states, so that a bootloader can undo an update"),
  row("chip-id", ["v3.3.1", "v4.0"], "images name their chip, and the bootloader checks it"),
  row("version-macro", ["v3.3.3", "v4.0"], "ESP_IDF_VERSION_VAL"),
  row("dangerous-write-options", ["v4.0"], "options named SPI_FLASH_DANGEROUS_WRITE_*"),
  row("esp-flash", ["v4.0"], "esp_flash_* functions"),
  row("spi-flash-removed", ["v5.0"], "spi_flash_write and spi_flash_erase_range are gone"),
  row("chip-revision-limits", ["v4.4.5", "v5.0.1"], "images name the chip revisions that they run on"),
  row(
    "app-needs-md5-row",
    ["v3.3.6", "v4.0.3", "v4.1.2", "v4.2.2", "v4.3.1", "v4.4"],
    "apps find no partition in a table without MD5 row",
  ),
  row("bootloader-descriptor", ["v5.2"], "bootloaders carry a descriptor with their ESP-IDF version"),
  row("dangerous-write-function", ["v5.4"], "esp_flash_set_dangerous_write_protection"),
  row("table-update", ["v5.5"], "esp_ota_* can update the partition table"),
];
