import { open, rename, rm } from 'node:fs/promises';
import { openPlainFile } from '../open-plain-file.ts';

const PIECE_BYTES = 2 ** 20;

/**
 * Cuts a log that is too long to its begin and its end, each half of what is allowed, with a line between them that says what is
 * missing. Nobody may write to it any more. What is no plain file stays as it is.
 */
export async function boundLog(path: string, maxBytes: number): Promise<void> {
  const log = await openPlainFile(path);
  if (log === undefined) return;
  const cut = `${path}.cut`;
  try {
    const { size } = await log.stat();
    if (size <= maxBytes) return;
    const half = Math.floor(maxBytes / 2);
    await rm(cut, { recursive: true, force: true }); // whatever a build has put there
    const short = await open(cut, 'wx');
    try {
      const copy = async (from: number, until: number): Promise<void> => {
        for (let place = from; place < until; place += PIECE_BYTES) {
          const buffer = Buffer.alloc(Math.min(PIECE_BYTES, until - place));
          const { bytesRead } = await log.read(buffer, 0, buffer.length, place);
          await short.write(buffer.subarray(0, bytesRead));
        }
      };
      await copy(0, half);
      await short.write(`\ndebplan: ${String(size - 2 * half)} bytes of the log are left out here\n`);
      await copy(size - half, size);
    } finally {
      await short.close();
    }
    await rename(cut, path);
  } finally {
    await log.close();
  }
}
