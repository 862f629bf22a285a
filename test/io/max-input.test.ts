import { gzipSync } from 'node:zlib';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { decompress } from '../../src/io/decompress.ts';
import { limitInputs, MOST_INPUT_BYTES } from '../../src/io/input-limit.ts';
import { readInputFile } from '../../src/io/read-file.ts';
import { COMPRESSED, LINES } from './compressed-samples.ts';
import { makeTree } from './temp-tree.ts';

afterEach(() => {
  limitInputs(MOST_INPUT_BYTES);
});

async function refused(
  work: (report: (found: Diagnostic) => void) => Promise<unknown>,
): Promise<readonly string[]> {
  const found: Diagnostic[] = [];
  expect(await work((diagnostic) => found.push(diagnostic))).toBeUndefined();
  return found.map(
    ({ code, message, hint, location }) => `${code} ${message} | ${hint ?? ''} | ${String(location?.line)}`,
  );
}

/** An lz4 frame, and a zstd frame, that make a gibibyte or so of a few kilobytes: equal bytes, or blocks of nothing but room. */
function zstdBomb(blocks: number): Uint8Array {
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58];
  const block = (isLast: boolean): readonly number[] => {
    const header = Number(isLast) | (1 << 1) | (0x20000 << 3);
    return [header & 255, (header >> 8) & 255, header >> 16, 65];
  };
  return Uint8Array.from([
    ...head,
    ...Array.from({ length: blocks }, (_, index) => block(index === blocks - 1)).flat(),
  ]);
}

describe('what unpacks to more than it may', () => {
  it.each(Object.keys(COMPRESSED))('is refused, and what is as large is read: %s', async (name) => {
    const bytes = COMPRESSED[name] ?? new Uint8Array();
    const whole = await decompress(bytes, 'f', () => undefined);
    const size = whole?.length ?? 0;
    expect(size).toBeGreaterThan(1000);
    const again = await decompress(bytes, 'f', () => undefined, size);
    expect(Buffer.compare(again ?? Buffer.of(), whole ?? Buffer.of())).toBe(0);
    expect(await refused((report) => decompress(bytes, 'f', report, size - 1))).toEqual([
      expect.stringMatching(
        /^input-too-large 'f' unpacks to more than .* nothing of it was used \| .*--max-input \S+ \| 1$/,
      ),
    ]);
  });

  it('is given up before it is there: a bomb of gzip, of zstd', async () => {
    const most = 10 * 2 ** 20;
    const bombs = [gzipSync(Buffer.alloc(50 * 2 ** 20)), zstdBomb(8192)];
    for (const bomb of bombs) {
      const before = process.memoryUsage().arrayBuffers;
      expect(await refused((report) => decompress(bomb, 'f', report, most))).toHaveLength(1);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * most);
    }
  });
});

describe('a file that is larger than it may be', () => {
  it('is refused unread, with limit and remedy', async () => {
    const cwd = makeTree({ S: LINES });
    limitInputs(LINES.length - 1);
    const told = await refused((report) => readInputFile({ label: 'S', path: join(cwd, 'S') }, report));
    expect(told).toEqual([
      expect.stringMatching(/^input-too-large 'S' is larger than .*--max-input \S+ \| 1$/),
    ]);
    limitInputs(LINES.length);
    expect((await readInputFile({ label: 'S', path: join(cwd, 'S') }, () => undefined))?.bytes).toHaveLength(
      LINES.length,
    );
  });

  it('may be a device or a pipe that never ends', async () => {
    limitInputs(1_000_000);
    expect(
      await refused((report) => readInputFile({ label: 'zero', path: '/dev/zero' }, report)),
    ).toHaveLength(1);
  });

  it('is a pipe read to its end where it has one', async () => {
    const cwd = makeTree();
    execFileSync('mkfifo', ['pipe'], { cwd });
    spawn('sh', ['-c', 'printf hello > pipe'], { cwd, stdio: 'ignore' });
    const read = await readInputFile({ label: 'pipe', path: join(cwd, 'pipe') }, () => undefined);
    expect(Buffer.from(read?.bytes ?? []).toString()).toBe('hello');
  });
});
