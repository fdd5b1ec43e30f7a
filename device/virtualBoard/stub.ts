import { asciiBytes } from "../../core/image/bytes";
import { concat } from "../bytes";
import { commonHandlers, securityInfo } from "./commonHandlers";
import { DONE, type Handler, type Handlers, type Loader, type LoaderBoard, type Reply } from "./loader";
import { type MemErrors, memHandlers } from "./memHandlers";
import { BLOCK_SIZE, SECTOR_SIZE } from "./norFlash";
import { COMMAND, type Request, readRequest, responsePacket, word } from "./packet";
import { stubDownloads } from "./stubDownloads";
import { STUB_ERROR } from "./stubErrors";
import { type FlashReading, flashReading } from "./stubReading";

/** The one packet that nobody asked for: the stub runs. */
const GREETING = asciiBytes("OHAI");
/** Answers to SYNC, so that clients recognise a stub that runs already: by their value, which is 0. */
const SYNC_ANSWERS = 8;

const MEM_ERRORS: MemErrors = {
  size: STUB_ERROR.dataLength,
  checksum: STUB_ERROR.checksum,
  notBegun: STUB_ERROR.notInFlashMode,
  tooMuch: STUB_ERROR.tooMuchData,
  tooLittle: STUB_ERROR.notEnoughData,
};

/** How long the data of a command must be; commands that are not named here check it themselves or take any. */
const DATA_SIZES: Readonly<Partial<Record<number, number>>> = {
  [COMMAND.sync]: 36,
  [COMMAND.readReg]: 4,
  [COMMAND.spiAttach]: 4,
  [COMMAND.spiSetParams]: 24,
  [COMMAND.changeBaudRate]: 8,
  [COMMAND.spiFlashMd5]: 16,
  [COMMAND.getSecurityInfo]: 0,
  [COMMAND.memBegin]: 16,
  [COMMAND.memEnd]: 8,
  [COMMAND.eraseFlash]: 0,
  [COMMAND.eraseRegion]: 8,
  [COMMAND.readFlash]: 16,
};

/**
 * Espressif's flasher stub, as the host sees it. It attaches the flash by itself, erases while it writes, answers with
 * two status bytes, and answers a block before it is written, so that an error comes with the next answer.
 */
export const stubLoader = (board: LoaderBoard): Loader => {
  board.flash.attached = true;
  board.send(GREETING);
  const downloads = stubDownloads(board);
  const handlers = { ...commonHandlers(board), ...ownHandlers(board), ...downloads.handlers };
  let reading: FlashReading | undefined;

  const read: Handler = (request) => ({
    afterwards: () => {
      reading = flashReading(board, request);
    },
  });
  const handle = (request: Request): Reply | Promise<Reply> => {
    const size = DATA_SIZES[request.command];
    if (size !== undefined && size !== request.data.length) return { error: STUB_ERROR.dataLength };
    const handler = request.command === COMMAND.readFlash ? read : handlers[request.command];
    return handler?.(request) ?? { error: STUB_ERROR.notImplemented };
  };
  return {
    async receive(packet) {
      if (reading) {
        if (reading(packet) === "finished") reading = undefined;
        return;
      }
      const request = readRequest(packet);
      if (!request) return;
      if (request.command === COMMAND.runUserCode) return board.runFlash();
      const reply = await handle(request);
      const body = concat([reply.body ?? new Uint8Array(0), Uint8Array.of(reply.error ?? 0, 0)]);
      for (let count = 0; count < (reply.repeat ?? 1); count++)
        board.send(responsePacket(request.command, reply.value ?? 0, body));
      await reply.afterwards?.();
    },
    stop: downloads.stop,
  };
};

const ownHandlers = (board: LoaderBoard): Handlers => ({
  [COMMAND.sync]: () => ({ repeat: SYNC_ANSWERS }),
  [COMMAND.spiFlashMd5]: (request) => {
    const digest = board.flash.md5(word(request, 0), word(request, 1));
    return digest ? { body: digest } : { body: new Uint8Array(16), error: STUB_ERROR.md5Read };
  },
  [COMMAND.eraseFlash]: () => erase(board, 0, board.flash.size),
  [COMMAND.eraseRegion]: (request) => eraseRegion(board, word(request, 0), word(request, 1)),
  ...memHandlers(board, MEM_ERRORS, DONE),
  ...(board.chip.securityInfo === "unknown command"
    ? {}
    : { [COMMAND.getSecurityInfo]: () => ({ body: securityInfo(board) }) }),
});

const eraseRegion = (board: LoaderBoard, offset: number, size: number): Reply => {
  if (offset % SECTOR_SIZE !== 0) return { error: STUB_ERROR.eraseOffset };
  if (size % SECTOR_SIZE !== 0) return { error: STUB_ERROR.eraseSize };
  return erase(board, offset, size);
};

const erase = ({ flash }: LoaderBoard, offset: number, size: number): Reply =>
  flash.erase(offset, size)
    ? DONE
    : { error: size < BLOCK_SIZE ? STUB_ERROR.eraseSector : STUB_ERROR.eraseBlock };
