import { type Inflater, inflater } from "../inflate";
import { DONE, type Handler, type Handlers, type LoaderBoard, payloadError, type Reply } from "./loader";
import { SECTOR_SIZE } from "./norFlash";
import { COMMAND, payload, type Request, word } from "./packet";
import { ROM_ERROR } from "./romErrors";

const PAYLOAD_ERRORS = { size: ROM_ERROR.invalidMessage, checksum: ROM_ERROR.checksum };
/** Size, number of packets, size of a packet, offset; later chips take a fifth word that asks for encryption. */
const BEGIN_SIZE = 16;

/** FLASH_BEGIN erases everything at once; then blocks are written one behind the other before they are answered. */
export const romDownloads = (board: LoaderBoard) => {
  const { flash } = board;
  let next: number | undefined;
  let inflating: Inflater | undefined;

  const stop = (): void => {
    inflating?.close();
    inflating = undefined;
    next = undefined;
  };
  const begin = (request: Request): Reply => {
    stop();
    if (request.data.length < BEGIN_SIZE) return { error: ROM_ERROR.invalidMessage };
    const [size, offset] = [word(request, 0), word(request, 3)];
    const start = offset - (offset % SECTOR_SIZE);
    const end = Math.ceil((offset + size) / SECTOR_SIZE) * SECTOR_SIZE;
    if (!flash.attached || !flash.erase(start, size === 0 ? 0 : end - start))
      return { error: ROM_ERROR.failed };
    next = offset;
    return DONE;
  };
  const write = (data: Uint8Array): Reply => {
    if (next === undefined) return { error: ROM_ERROR.failed };
    if (!flash.program(next, data) || !holds(next, data)) return { error: ROM_ERROR.flashWrite };
    next += data.length;
    return DONE;
  };
  /** The ROM reads back what it wrote. Padding of FF behind the erased region is no write. */
  const holds = (offset: number, data: Uint8Array): boolean =>
    flash.read(offset, data.length)?.every((byte, index) => (byte & ~(data[index] ?? 0)) === 0) ?? false;

  const flashData: Handler = (request) => {
    const error = payloadError(request, PAYLOAD_ERRORS);
    return error === undefined ? write(payload(request)) : { error };
  };
  const deflatedData: Handler = async (request) => {
    const error = payloadError(request, PAYLOAD_ERRORS);
    if (error !== undefined) return { error };
    const bytes = await inflating?.push(payload(request));
    return bytes ? write(bytes) : { error: ROM_ERROR.inflate };
  };
  /** 0 asks for a reset, 1 for the program in flash. */
  const end: Handler = (request) => {
    stop();
    return { afterwards: word(request, 0) === 0 ? board.restartLoader : board.runFlash };
  };
  const handlers: Handlers = {
    [COMMAND.flashBegin]: begin,
    [COMMAND.flashData]: flashData,
    [COMMAND.flashEnd]: end,
    [COMMAND.flashDeflBegin]: (request) => {
      const reply = begin(request);
      if (reply.error === undefined) inflating = inflater();
      return reply;
    },
    [COMMAND.flashDeflData]: deflatedData,
    [COMMAND.flashDeflEnd]: end,
  };
  return { handlers, stop };
};
