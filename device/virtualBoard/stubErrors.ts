/** Errors of Espressif's flasher stub; those of erasing and hashing are the numbers of the steps that failed. */
export const STUB_ERROR = {
  eraseOffset: 0x32,
  eraseSize: 0x33,
  eraseSector: 0x35,
  eraseBlock: 0x36,
  md5Read: 0x63,
  dataLength: 0xc0,
  checksum: 0xc1,
  blockSize: 0xc2,
  flash: 0xc4,
  notInFlashMode: 0xc6,
  inflate: 0xc7,
  notEnoughData: 0xc8,
  tooMuchData: 0xc9,
  notImplemented: 0xff,
} as const;
