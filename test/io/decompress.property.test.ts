import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress } from '../../src/io/decompress.ts';
import { lowXxh64 } from '../../src/io/decompress/xxh64.ts';
import { COMPRESSED, FIRST_MEMBER, LINES } from './compressed-samples.ts';
import { slowLowXxh64 } from './slow-xxh64.ts';

/** Cuts of fewer bytes may leave no magic number. */
const LONGEST_MAGIC = 20;

async function unpack(bytes: Uint8Array): Promise<Buffer | undefined> {
  const unpacked = await decompress(bytes, 'file', () => undefined);
  return unpacked === undefined ? undefined : Buffer.from(unpacked);
}

describe('decompress', () => {
  it('gives back what gzip packed, in any number of members', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array(), { minLength: 1, maxLength: 4 }), async (parts) => {
        const packed = Buffer.concat(parts.map((part) => gzipSync(part)));
        expect(await unpack(packed)).toEqual(Buffer.concat(parts));
      }),
      { seed: 1 },
    );
  });

  it.each(Object.entries(COMPRESSED))('never gives a part of a cut %s', async (_, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: LONGEST_MAGIC, max: bytes.length - 1 }), async (length) => {
        const text = (await unpack(bytes.subarray(0, length)))?.toString();
        // Cut between two members, a file is whole; and a skippable frame or padding at the end is nothing.
        expect(text === undefined || text === '' || text === FIRST_MEMBER || text === LINES).toBe(true);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it.each(Object.entries(COMPRESSED))('never gives another text for an altered %s', async (_, bytes) => {
    const place = fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }));
    await fc.assert(
      fc.asyncProperty(place, async ([index, bit]) => {
        const altered = Buffer.from(bytes);
        altered[index] = (altered[index] ?? 0) ^ (1 << bit);
        const unpacked = await unpack(altered);
        const isPlain = unpacked?.equals(altered) === true;
        expect(unpacked === undefined || isPlain || unpacked.toString() === LINES).toBe(true);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('lowXxh64', () => {
  it('is the xxHash64 of the specification, word by word in big integers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(lowXxh64(bytes)).toBe(slowLowXxh64(bytes));
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
