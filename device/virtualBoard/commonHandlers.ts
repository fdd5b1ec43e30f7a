import { u32 } from "../../core/image/bytes";
import { concat, words } from "../bytes";
import { DONE, type Handlers, type LoaderBoard, type Reply } from "./loader";
import { COMMAND, type Request, word } from "./packet";

/** Words of WRITE_REG come in fours: address, value, mask, and microseconds to wait before. */
const WRITE_SIZE = 16;

/** Commands that the ROM and the stub understand alike. */
export const commonHandlers = (board: LoaderBoard): Handlers => ({
  [COMMAND.readReg]: (request) => ({ value: board.registers.read(word(request, 0)) }),
  [COMMAND.writeReg]: (request) => writeRegisters(board, request),
  [COMMAND.spiSetParams]: () => DONE,
  [COMMAND.spiAttach]: () => {
    board.flash.attached = true;
    return DONE;
  },
  [COMMAND.changeBaudRate]: (request) => ({ afterwards: () => board.changeBaudRate(word(request, 0)) }),
});

const writeRegisters = ({ registers }: LoaderBoard, { data }: Request): Reply => {
  for (let at = 0; at + WRITE_SIZE <= data.length; at += WRITE_SIZE)
    registers.write(u32(data, at), u32(data, at + 4), u32(data, at + 8));
  return DONE;
};

const SECURE_BOOT = 1 << 0;
const SECURE_DOWNLOAD = 1 << 2;
const KEY_PURPOSES = 7;

/** Flags, count of flash encryption changes, purposes of the key blocks, and on later chips their own id. */
export const securityInfo = ({ chip, identity: { security } }: LoaderBoard): Uint8Array => {
  const flags =
    (security.secureBoot === undefined ? 0 : SECURE_BOOT) | (security.secureDownload ? SECURE_DOWNLOAD : 0);
  const fuses = concat([
    words(flags),
    Uint8Array.of(security.flashEncryption ? 1 : 0),
    new Uint8Array(KEY_PURPOSES),
  ]);
  return chip.securityInfo === "with chip id" ? concat([fuses, words(chip.target.imageChipId, 0)]) : fuses;
};
