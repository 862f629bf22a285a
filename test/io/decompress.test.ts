import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { decompress, detectCompression } from '../../src/io/decompress.ts';
import { COMPRESSED, LINES, readCompressed } from './compressed-samples.ts';

async function unpack(bytes: Uint8Array): Promise<{ text: string | undefined; diagnostics: Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const unpacked = await decompress(bytes, 'lists/Sources', (diagnostic) => diagnostics.push(diagnostic));
  return { text: unpacked === undefined ? undefined : Buffer.from(unpacked).toString(), diagnostics };
}

describe('decompress', () => {
  it.each(Object.entries(COMPRESSED))('unpacks all of %s', async (_, bytes) => {
    const { text, diagnostics } = await unpack(bytes);
    expect(text === LINES).toBe(true);
    expect(diagnostics).toEqual([]);
  });

  it('unpacks zstd without a checksum', async () => {
    expect((await unpack(readCompressed('no-checksum.zst'))).text === LINES).toBe(true);
  });

  it('returns plain bytes, and none, as they are', async () => {
    for (const text of ['', 'P', 'Package: bzip2\n', 'BZh is how bzip2 begins\n']) {
      expect(await unpack(Buffer.from(text))).toEqual({ text, diagnostics: [] });
    }
  });

  it('names the file, the format and the reason when data end too early', async () => {
    const { text, diagnostics } = await unpack(readCompressed('blocks.xz').subarray(0, 1000));
    expect(text).toBeUndefined();
    expect(diagnostics).toEqual([
      {
        code: 'damaged-file',
        severity: 'error',
        message:
          "cannot unpack 'lists/Sources': its xz data are cut short or damaged (unexpected end of data)",
        location: { file: 'lists/Sources', line: 1 },
        hint: 'fetch the file again; nothing of it was used',
      },
    ]);
  });

  it('says that a check is unknown instead of skipping it', async () => {
    const { text, diagnostics } = await unpack(readCompressed('sha256.xz'));
    expect(text).toBeUndefined();
    expect(diagnostics[0]?.message).toContain('a filter or check that the decoder does not know');
  });

  it.each(Object.entries(COMPRESSED))('refuses %s with text behind its end', async (_, bytes) => {
    expect((await unpack(Buffer.concat([bytes, Buffer.from('text behind')]))).text).toBeUndefined();
  });
});

describe('detectCompression', () => {
  it('sees through skippable frames', () => {
    expect(detectCompression(readCompressed('two-members.zst'))).toBe('zstd');
    expect(detectCompression(readCompressed('two-members.lz4'))).toBe('lz4');
  });
});
