import { open, rename } from 'node:fs/promises';
import { systemCode } from '../../io/system-error.ts';

const PIECE_BYTES = 2 ** 20;

/**
 * Cuts a log that is too long to its begin and its end, each half of what is allowed, with a line between them that says what is
 * missing. Nobody may write to it any more.
 */
export async function boundLog(path: string, maxBytes: number): Promise<void> {
  const log = await open(path, 'r').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (log === undefined) return;
  const cut = `${path}.cut`;
  try {
    const { size } = await log.stat();
    if (size <= maxBytes) return;
    const half = Math.floor(maxBytes / 2);
    const short = await open(cut, 'w');
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
