import xz from 'xz-decompress';
import { DamagedData, TooMuchData } from './damaged.ts';
import { joinChunks } from './join-chunks.ts';

/** What the decoder's bare numbers mean (`enum xz_ret` of XZ Embedded). */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['5', 'no xz stream where one should begin'],
  ['6', 'a filter or check that the decoder does not know'],
  ['7', 'wrong checksum'],
  ['8', 'unexpected end of data'],
]);

/**
 * Unpacks xz data of any number of streams and blocks (as pixz and `xz -T` make them), stream padding included.
 * CRC32 and CRC64 are checked; the rare SHA-256 check and BCJ filters are refused by the decoder.
 */
export async function unpackXz(bytes: Uint8Array, mostBytes: number): Promise<Uint8Array> {
  const packed = new ReadableStream<Uint8Array>({
    start(controller): void {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const chunks: Uint8Array[] = [];
  try {
    let size = 0;
    for await (const chunk of new xz.XzReadableStream(packed)) {
      size += chunk.length;
      if (size > mostBytes) throw new TooMuchData();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooMuchData) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new DamagedData(REASONS.get(/error code (\d+)/.exec(message)?.[1] ?? '') ?? message);
  }
  return joinChunks(chunks);
}
