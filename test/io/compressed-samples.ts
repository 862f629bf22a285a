import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** The text of the files in fixtures/io/compressed; make.sh there makes them from the same lines. */
export const LINES = Array.from({ length: 40_000 }, (_, index) => `Package: p${index % 97}\n`).join('');

/** Where the second member of a file of two begins in the text. */
export const FIRST_MEMBER = LINES.slice(0, LINES.split('\n', 30_000).join('\n').length + 1);

export function readCompressed(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/io/compressed/${name}`, import.meta.url));
}

/** One file a format, with checksums, made of two members where the format has them. */
export const COMPRESSED: Readonly<Record<string, Uint8Array>> = {
  'two-members.gz': Buffer.concat([gzipSync(FIRST_MEMBER), gzipSync(LINES.slice(FIRST_MEMBER.length))]),
  'two-members.xz': readCompressed('two-members.xz'),
  'two-members.zst': readCompressed('two-members.zst'),
  'two-members.lz4': readCompressed('two-members.lz4'),
  'two-members.bz2': readCompressed('two-members.bz2'),
  'blocks.xz': readCompressed('blocks.xz'),
  'blocks.bz2': readCompressed('blocks.bz2'),
  'linked-blocks.lz4': readCompressed('linked-blocks.lz4'),
  'independent-blocks.lz4': readCompressed('independent-blocks.lz4'),
};
