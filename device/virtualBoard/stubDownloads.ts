import { type Inflater, inflater } from "../inflate";
import type { FlashChip } from "./flashChip";
import { DONE, type Handler, type Handlers, type LoaderBoard, payloadError, type Reply } from "./loader";
import { BLOCK_SIZE, SECTOR_SIZE } from "./norFlash";
import { COMMAND, payload, type Request, word } from "./packet";
import { STUB_ERROR } from "./stubErrors";

const PAYLOAD_ERRORS = { size: STUB_ERROR.dataLength, checksum: STUB_ERROR.checksum };
const LARGEST_BLOCK = 0x4000;
/** The fifth word asks for encryption. */
const BEGIN_SIZES: readonly number[] = [16, 20];
const SECTORS_PER_BLOCK = BLOCK_SIZE / SECTOR_SIZE;
/** What may still come when everything is written: the checksum at the end of a zlib stream. */
const ADLER_SIZE = 4;

interface Download {
  next: number;
  remaining: number;
  nextSector: number;
  sectorsLeft: number;
  /** Of the block before: it was answered before it was written. */
  error: number | undefined;
}

/** Blocks go one behind the other to where BEGIN said; the sequence numbers are not looked at. */
export const stubDownloads = ({ flash, restartLoader }: LoaderBoard) => {
  let download: Download | undefined;
  let inflating: Inflater | undefined;

  const stop = (): void => {
    inflating?.close();
    inflating = undefined;
    download = undefined;
  };
  const begin: Handler = (request) => {
    if (!BEGIN_SIZES.includes(request.data.length)) return { error: STUB_ERROR.dataLength };
    if (word(request, 2) > LARGEST_BLOCK) return { error: STUB_ERROR.blockSize };
    stop();
    download = newDownload(word(request, 3), word(request, 0));
    eraseNext(flash, download);
    return DONE;
  };
  const beginDeflated: Handler = async (request) => {
    const reply = await begin(request);
    if (reply.error === undefined) inflating = inflater();
    return reply;
  };
  /** The answer first, with the error of the block before; then the work. */
  const take = (
    request: Request,
    work: (current: Download, data: Uint8Array) => Promise<void> | void,
  ): Reply => {
    const current = download;
    if (!current) return { error: STUB_ERROR.notInFlashMode };
    const error = payloadError(request, PAYLOAD_ERRORS) ?? current.error;
    return error === undefined ? { afterwards: () => work(current, payload(request)) } : { error };
  };
  const inflate = async (current: Download, data: Uint8Array): Promise<void> => {
    if (current.remaining === 0 && data.length > ADLER_SIZE) current.error = STUB_ERROR.tooMuchData;
    else {
      eraseNext(flash, current);
      const bytes = await inflating?.push(data);
      if (bytes) writeOn(flash, current, bytes);
      else current.error = STUB_ERROR.inflate;
    }
  };
  /** 0 asks for a reset, 1 to stay. */
  const end: Handler = (request) => {
    if (!download) return { error: STUB_ERROR.notInFlashMode };
    if (download.remaining > 0) return { error: STUB_ERROR.notEnoughData };
    const { error } = download;
    stop();
    if (error !== undefined) return { error };
    return word(request, 0) === 0 ? { afterwards: restartLoader } : DONE;
  };
  const handlers: Handlers = {
    [COMMAND.flashBegin]: begin,
    [COMMAND.flashData]: (request) => take(request, (current, data) => writeOn(flash, current, data)),
    [COMMAND.flashEnd]: end,
    [COMMAND.flashDeflBegin]: beginDeflated,
    [COMMAND.flashDeflData]: (request) => take(request, inflate),
    [COMMAND.flashDeflEnd]: end,
  };
  return { handlers, stop };
};

const newDownload = (offset: number, size: number): Download => ({
  next: offset,
  remaining: size,
  nextSector: Math.floor(offset / SECTOR_SIZE),
  sectorsLeft: Math.ceil(((offset % SECTOR_SIZE) + size) / SECTOR_SIZE),
  error: undefined,
});

/** The last block may be padded beyond the size: that much of it is not written. */
const writeOn = (flash: FlashChip, download: Download, data: Uint8Array): void => {
  const bytes = data.subarray(0, download.remaining);
  if (bytes.length === 0) return;
  const end = download.next + bytes.length;
  while (download.sectorsLeft > 0 && download.nextSector * SECTOR_SIZE < end) eraseNext(flash, download);
  if (!flash.program(download.next, bytes)) download.error = STUB_ERROR.flash;
  download.next += bytes.length;
  download.remaining -= bytes.length;
};

/**
 * A whole block where one lies wholly ahead, else a sector. The chip erases by itself, so the stub begins the next one
 * whenever it can: with BEGIN already, and before every block, which may be far ahead of what is written.
 */
const eraseNext = (flash: FlashChip, download: Download): void => {
  if (download.sectorsLeft === 0) return;
  const block = download.sectorsLeft >= SECTORS_PER_BLOCK && download.nextSector % SECTORS_PER_BLOCK === 0;
  const sectors = block ? SECTORS_PER_BLOCK : 1;
  flash.erase(download.nextSector * SECTOR_SIZE, sectors * SECTOR_SIZE);
  download.nextSector += sectors;
  download.sectorsLeft -= sectors;
};
