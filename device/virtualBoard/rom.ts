import { asciiBytes, toHex } from "../../core/image/bytes";
import { concat } from "../bytes";
import { commonHandlers, securityInfo } from "./commonHandlers";
import type { Handlers, Loader, LoaderBoard, Reply } from "./loader";
import { type MemErrors, memHandlers } from "./memHandlers";
import { COMMAND, type Request, readRequest, responsePacket, word } from "./packet";
import { romDownloads } from "./romDownloads";
import { ROM_ERROR } from "./romErrors";

/** The ROM answers a SYNC eight times. */
const SYNC_ANSWERS = 8;
/** READ_FLASH_SLOW always answers this many bytes. */
const SLOW_READ_SIZE = 64;

const MEM_ERRORS: MemErrors = {
  size: ROM_ERROR.invalidMessage,
  checksum: ROM_ERROR.checksum,
  notBegun: ROM_ERROR.failed,
  tooMuch: ROM_ERROR.failed,
  tooLittle: undefined,
};

/** What secure download mode leaves of the commands. */
const SECURE_DOWNLOAD_COMMANDS: readonly number[] = [
  COMMAND.sync,
  COMMAND.spiAttach,
  COMMAND.spiSetParams,
  COMMAND.changeBaudRate,
  COMMAND.flashBegin,
  COMMAND.flashData,
  COMMAND.flashEnd,
  COMMAND.getSecurityInfo,
];

/**
 * The loader in the chip's ROM. Its answer is one record that every command changes only in part: a command that leaves
 * no value repeats the one before, and a command that the ROM does not know gets the whole answer before it once more,
 * with an error in it, eight times right after a SYNC. Clients know the first from traces and the second by name
 * ("unsupported command can result in more than one error response").
 */
export const romLoader = (board: LoaderBoard): Loader => {
  const downloads = romDownloads(board);
  const handlers = knownHandlers(board, {
    ...commonHandlers(board),
    ...downloads.handlers,
    ...ownHandlers(board),
  });
  let last = { command: 0, value: 0, repeat: 1 };

  const answer = (body: Uint8Array): void => {
    for (let count = 0; count < last.repeat; count++)
      board.send(responsePacket(last.command, last.value, body));
  };
  return {
    async receive(packet) {
      const request = readRequest(packet);
      if (!request) return;
      const reply = await handlers[request.command]?.(request);
      if (!reply) return answer(status(ROM_ERROR.invalidMessage));
      last = { command: request.command, value: reply.value ?? last.value, repeat: reply.repeat ?? 1 };
      answer(concat([reply.body ?? new Uint8Array(0), status(reply.error)]));
      await reply.afterwards?.();
    },
    stop: downloads.stop,
  };
};

/** Whether it failed, why, and two bytes that are always 0. */
const status = (error: number | undefined): Uint8Array =>
  error === undefined ? new Uint8Array(4) : Uint8Array.of(1, error, 0, 0);

const knownHandlers = ({ identity }: LoaderBoard, handlers: Handlers): Handlers =>
  identity.security.secureDownload
    ? Object.fromEntries(SECURE_DOWNLOAD_COMMANDS.map((command) => [command, handlers[command]]))
    : handlers;

const ownHandlers = (board: LoaderBoard): Handlers => ({
  [COMMAND.sync]: (request) => ({ value: word(request, 0), repeat: SYNC_ANSWERS }),
  [COMMAND.spiFlashMd5]: (request) => md5(board, request),
  [COMMAND.readFlashSlow]: (request) => readSlowly(board, request),
  ...memHandlers(board, MEM_ERRORS, { afterwards: board.runFlash }),
  ...(board.chip.securityInfo === "unknown command"
    ? {}
    : { [COMMAND.getSecurityInfo]: () => ({ body: securityInfo(board) }) }),
});

/** The ROM writes the digest as text. */
const md5 = ({ flash }: LoaderBoard, request: Request): Reply => {
  const digest = flash.attached ? flash.md5(word(request, 0), word(request, 1)) : undefined;
  return digest ? { body: asciiBytes(toHex(digest)) } : { error: ROM_ERROR.flashRead };
};

const readSlowly = ({ flash }: LoaderBoard, request: Request): Reply => {
  const size = word(request, 1);
  if (size > SLOW_READ_SIZE) return { error: ROM_ERROR.flashReadLength };
  const bytes = flash.attached ? flash.read(word(request, 0), size) : undefined;
  if (!bytes) return { error: ROM_ERROR.flashRead };
  return { body: concat([bytes, new Uint8Array(SLOW_READ_SIZE - size)]) };
};
