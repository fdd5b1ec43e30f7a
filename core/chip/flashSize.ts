const MEGABYTE = 0x100000;

/** What `--flash-size` and `CONFIG_ESPTOOLPY_FLASHSIZE` can name, in bytes, in the order of the image header's nibble. */
export const FLASH_SIZES: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128].map((n) => n * MEGABYTE);

/** What the bootloader takes when the nibble of its header names no size (`bootloader_flash.c`). */
const ASSUMED_FLASH_SIZE = 2 * MEGABYTE;

/** Bytes of "4MB". Only the spellings of ESP-IDF are sizes; "4M", "3MB" or "4 MB" are undefined. */
export const parseFlashSize = (text: string): number | undefined =>
  FLASH_SIZES.find((size) => formatFlashSize(size) === text);

/** "4MB" for 0x400000 bytes. Sizes that no header can name are written in whole or broken megabytes all the same. */
export const formatFlashSize = (bytes: number): string => `${bytes / MEGABYTE}MB`;

/** The flash size in bytes that the bootloader believes, from the high nibble of byte 3 of its own image header. */
export const flashSizeOfNibble = (nibble: number): number => FLASH_SIZES[nibble] ?? ASSUMED_FLASH_SIZE;
