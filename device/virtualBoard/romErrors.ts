/** Errors of the ROM. Source: "ROM Loader Errors" of esptool's page on the serial protocol. */
export const ROM_ERROR = {
  invalidMessage: 0x05,
  failed: 0x06,
  checksum: 0x07,
  flashWrite: 0x08,
  flashRead: 0x09,
  flashReadLength: 0x0a,
  inflate: 0x0b,
} as const;
