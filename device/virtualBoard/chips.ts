import { type ChipId, type ChipTarget, chipById } from "../../core/chip/targets";
import { type ChipIdentity, esp32Fuses, type FuseWords, laterFuses, type RevisionFields } from "./eFuses";

/**
 * What tells one chip from another on the serial line. Sources: the register headers of ESP-IDF (`spi_reg.h`,
 * `spi_mem_reg.h`, `uart_reg.h`, `efuse_reg.h`), esptool's page on the serial protocol, boot logs of real boards.
 */
export interface ChipModel {
  readonly target: ChipTarget;
  /** The word at `MAGIC_ADDRESS`, different in the ROM of every chip, though made for nothing of the kind. */
  readonly magic: number;
  /** Of a board unless another is asked for: major * 100 + minor. */
  readonly usualRevision: number;
  /** Whether the ROM knows GET_SECURITY_INFO, and whether its answer names the chip. */
  readonly securityInfo: "unknown command" | "without chip id" | "with chip id";
  readonly fuses: (identity: ChipIdentity) => FuseWords;
  readonly spi: SpiController;
  /** `UART_CLKDIV_REG` of the UART that the ROM listens to. */
  readonly uartClockDivider: number;
  /** `UART_DATE_REG`. */
  readonly uartDate: readonly [address: number, value: number];
  /** What the ROM keeps in its memory about the interface it was spoken to over (`UartDev.buff_uart_no`). */
  readonly usbJtag: { readonly address: number; readonly value: number } | undefined;
  readonly texts: RomTexts;
}

/** Addresses of the controller through which the flash chip is spoken to (`SPI1`). */
export interface SpiController {
  readonly base: number;
  readonly user: number;
  readonly user2: number;
  readonly misoLength: number;
  readonly buffer: number;
}

/** The lines that the ROM prints after a reset. */
export interface RomTexts {
  readonly greeting: readonly string[];
  readonly reset: string;
  readonly downloadMode: string;
  readonly flashMode: string;
  /** Between the reset line and the load addresses. */
  readonly configuration: readonly string[];
  /** Where the flash holds no image; undefined values take the first word found there. */
  readonly noImage: (firstWord: number, revision: number) => string;
}

export const MAGIC_ADDRESS = 0x40001000;

/** The clock from which the ROM divides its baud rate. */
export const UART_CLOCK = 40_000_000;

const target = (id: ChipId): ChipTarget => {
  const found = chipById(id);
  if (!found) throw new RangeError(`${id} is no chip`);
  return found;
};

const spiMem = (base: number): SpiController => ({
  base,
  user: base + 0x18,
  user2: base + 0x20,
  misoLength: base + 0x28,
  buffer: base + 0x58,
});

const SPI_CONFIGURATION = ["SPIWP:0xee", "mode:DIO, clock div:2"];
const invalidHeader = (firstWord: number): string => `invalid header: 0x${hex8(firstWord)}`;
const hex8 = (value: number): string => value.toString(16).padStart(8, "0");

const REVISION_S3_C3: RevisionFields = { minorLow: [3, 18, 3], minorHigh: [5, 23, 1], major: [5, 24, 2] };
const REVISION_C6: RevisionFields = { minorLow: [3, 18, 4], major: [3, 22, 2] };
const REVISION_S2: RevisionFields = { minorLow: [4, 4, 3], minorHigh: [3, 20, 1], major: [3, 18, 2] };

const models: readonly ChipModel[] = [
  {
    target: target("esp32"),
    magic: 0x00f01d83,
    usualRevision: 300,
    securityInfo: "unknown command",
    fuses: esp32Fuses,
    spi: {
      base: 0x3ff42000,
      user: 0x3ff4201c,
      user2: 0x3ff42024,
      misoLength: 0x3ff4202c,
      buffer: 0x3ff42080,
    },
    uartClockDivider: 0x3ff40014,
    uartDate: [0x60000078, 0x15122500],
    usbJtag: undefined,
    texts: {
      greeting: ["ets Jul 29 2019 12:21:46", ""],
      reset: "rst:0x1 (POWERON_RESET)",
      downloadMode: "boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))",
      flashMode: "boot:0x13 (SPI_FAST_FLASH_BOOT)",
      configuration: [
        "configsip: 0, SPIWP:0xee",
        "clk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00",
        "mode:DIO, clock div:2",
      ],
      noImage: (firstWord, revision) => (revision < 300 ? "flash read err, 1000" : invalidHeader(firstWord)),
    },
  },
  {
    target: target("esp32s2"),
    magic: 0x000007c6,
    usualRevision: 0,
    securityInfo: "without chip id",
    fuses: laterFuses(0x3f41a000, REVISION_S2),
    spi: spiMem(0x3f402000),
    uartClockDivider: 0x3f400014,
    uartDate: [0x60000078, 0x19072300],
    usbJtag: undefined,
    texts: {
      greeting: ["ESP-ROM:esp32s2-rc4-20191025", "Build:Oct 25 2019"],
      reset: "rst:0x1 (POWERON)",
      downloadMode: "boot:0x0 (DOWNLOAD(USB/UART0/1/SPI))",
      flashMode: "boot:0x8 (SPI_FAST_FLASH_BOOT)",
      configuration: SPI_CONFIGURATION,
      noImage: invalidHeader,
    },
  },
  {
    target: target("esp32s3"),
    magic: 0x9,
    usualRevision: 2,
    securityInfo: "with chip id",
    fuses: laterFuses(0x60007000, REVISION_S3_C3),
    spi: spiMem(0x60002000),
    uartClockDivider: 0x60000014,
    uartDate: [0x60000080, 0x02008270],
    usbJtag: { address: 0x3fcef14c, value: 4 },
    texts: {
      greeting: ["ESP-ROM:esp32s3-20210327", "Build:Mar 27 2021"],
      reset: "rst:0x1 (POWERON)",
      downloadMode: "boot:0x0 (DOWNLOAD(USB/UART0))",
      flashMode: "boot:0x8 (SPI_FAST_FLASH_BOOT)",
      configuration: SPI_CONFIGURATION,
      noImage: invalidHeader,
    },
  },
  {
    target: target("esp32c3"),
    magic: 0x1b31506f,
    usualRevision: 3,
    securityInfo: "with chip id",
    fuses: laterFuses(0x60008800, REVISION_S3_C3),
    spi: spiMem(0x60002000),
    uartClockDivider: 0x60000014,
    uartDate: [0x6000007c, 0x02008270],
    usbJtag: { address: 0x3fcdf07c, value: 3 },
    texts: {
      greeting: ["ESP-ROM:esp32c3-api1-20210207", "Build:Feb  7 2021"],
      reset: "rst:0x1 (POWERON)",
      downloadMode: "boot:0x4 (DOWNLOAD(USB/UART0/1))",
      flashMode: "boot:0xc (SPI_FAST_FLASH_BOOT)",
      configuration: SPI_CONFIGURATION,
      noImage: invalidHeader,
    },
  },
  {
    target: target("esp32c6"),
    magic: 0x2ce0806f,
    usualRevision: 0,
    securityInfo: "with chip id",
    fuses: laterFuses(0x600b0800, REVISION_C6),
    spi: spiMem(0x60003000),
    uartClockDivider: 0x60000014,
    uartDate: [0x6000007c, 0x02201260],
    usbJtag: { address: 0x4087f580, value: 3 },
    texts: {
      greeting: ["ESP-ROM:esp32c6-20220919", "Build:Sep 19 2022"],
      reset: "rst:0x1 (POWERON)",
      downloadMode: "boot:0x4 (DOWNLOAD(USB/UART0/SDIO_REI_FEO))",
      flashMode: "boot:0xc (SPI_FAST_FLASH_BOOT)",
      configuration: SPI_CONFIGURATION,
      noImage: invalidHeader,
    },
  },
];

/** The chips of which there are virtual boards. */
export const virtualChips: readonly ChipId[] = models.map((model) => model.target.id);

export const chipModel = (id: ChipId): ChipModel | undefined =>
  models.find((model) => model.target.id === id);
