import { openPlainFile } from './open-plain-file.ts';

const HEAD_BYTES = 2 ** 20;
const TAIL_BYTES = 15 * 2 ** 20;

/** A log as text; of a very large one the first MiB and the last 15. Empty where there is no plain file. */
export async function readLogEnds(path: string): Promise<string> {
  const file = await openPlainFile(path);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const read = async (from: number, bytes: number): Promise<string> => {
      const buffer = Buffer.alloc(bytes);
      const { bytesRead } = await file.read(buffer, 0, bytes, from);
      return buffer.toString('utf8', 0, bytesRead);
    };
    if (size <= HEAD_BYTES + TAIL_BYTES) return await read(0, size);
    return `${await read(0, HEAD_BYTES)}\n${await read(size - TAIL_BYTES, TAIL_BYTES)}`;
  } finally {
    await file.close();
  }
}
