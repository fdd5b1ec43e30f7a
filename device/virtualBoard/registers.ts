import { type ChipModel, MAGIC_ADDRESS, type SpiController, UART_CLOCK } from "./chips";
import type { ChipIdentity } from "./eFuses";

/** 32-bit words by address, as READ_REG and WRITE_REG see them. What nothing was written to reads 0. */
export interface Registers {
  read(address: number): number;
  write(address: number, value: number, mask: number): void;
}

export interface RegisterSources {
  readonly chip: ChipModel;
  readonly identity: ChipIdentity;
  readonly overUsbJtag: boolean;
  /** Bits per second of the UART, 0 while none is known. */
  readonly baudRate: () => number;
  /** The answer of the flash chip to a command byte, first byte lowest. */
  readonly flashCommand: (command: number) => number;
}

/** `SPI_USR` of the command register: run the command that the user registers describe. The bit clears itself. */
const RUN_USER_COMMAND = 1 << 18;

export const registers = (sources: RegisterSources): Registers => {
  const { chip, identity, overUsbJtag, baudRate } = sources;
  const written = new Map<number, number>();
  const fixed = new Map<number, number>([
    [MAGIC_ADDRESS, chip.magic],
    chip.uartDate,
    ...chip.fuses(identity),
    ...(chip.usbJtag && overUsbJtag ? [[chip.usbJtag.address, chip.usbJtag.value] as const] : []),
  ]);
  const read = (address: number): number => {
    if (address === chip.uartClockDivider) return baudRate() > 0 ? Math.round(UART_CLOCK / baudRate()) : 0;
    return fixed.get(address) ?? written.get(address) ?? 0;
  };
  return {
    read,
    write(address, value, mask) {
      written.set(address, ((read(address) & ~mask) | (value & mask)) >>> 0);
      if (address === chip.spi.base) runSpiCommand(chip.spi, written, sources.flashCommand);
    },
  };
};

const runSpiCommand = (
  spi: SpiController,
  written: Map<number, number>,
  flashCommand: (command: number) => number,
): void => {
  const command = written.get(spi.base) ?? 0;
  written.set(spi.base, 0);
  if ((command & RUN_USER_COMMAND) === 0) return;
  const answer = flashCommand((written.get(spi.user2) ?? 0) & 0xff);
  written.set(spi.buffer, lowestBits(answer, (written.get(spi.misoLength) ?? 31) + 1));
};

const lowestBits = (value: number, count: number): number =>
  count >= 32 ? value >>> 0 : (value & (2 ** count - 1)) >>> 0;
