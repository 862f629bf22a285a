import { decompressBlock } from 'lz4js';
import { hash as xxh32 } from 'lz4js/xxh32.js';
import { DamagedData, TooMuchData } from './damaged.ts';
import { joinChunks } from './join-chunks.ts';
import { ByteCursor } from './byte-cursor.ts';
import { atEndOfFrames } from './skippable-frame.ts';

const MAGIC = 0x184d2204;
const BLOCK_SIZES: ReadonlyMap<number, number> = new Map([
  [4, 65_536],
  [5, 262_144],
  [6, 1_048_576],
  [7, 4_194_304],
]);

/** What the frame's descriptor says. */
interface Descriptor {
  readonly maxBlockSize: number;
  readonly hasBlockChecksums: boolean;
  readonly hasContentChecksum: boolean;
}

interface Block {
  readonly bytes: Uint8Array;
  readonly isStored: boolean;
}

/**
 * Unpacks lz4 data of any number of frames (apt keeps its lists so). The frames are walked here, because the library's own
 * walk ends silently where the data do and checks no checksum; blocks are left to the library.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function unpackLz4(bytes: Uint8Array, mostBytes: number): Uint8Array {
  const cursor = new ByteCursor(bytes);
  const chunks: Uint8Array[] = [];
  let leftBytes = mostBytes;
  while (!atEndOfFrames(cursor)) {
    const content = unpackFrame(cursor, leftBytes);
    leftBytes -= content.length;
    chunks.push(content);
  }
  return joinChunks(chunks);
}

function unpackFrame(cursor: ByteCursor, mostBytes: number): Uint8Array {
  if (cursor.uint32() !== MAGIC) throw new DamagedData('no lz4 frame where one should begin');
  const descriptor = readDescriptor(cursor);
  const blocks = readBlocks(cursor, descriptor);
  // One buffer for the whole frame: a block may refer back to the ones before, and nothing is copied twice.
  const roomBytes = blocks.reduce((sum, block) => sum + mostOf(block, descriptor), 0);
  const target = new Uint8Array(Math.min(roomBytes, mostBytes + descriptor.maxBlockSize));
  let end = 0;
  for (const block of blocks) {
    const start = end;
    if (start > mostBytes) throw new TooMuchData();
    if (block.isStored) target.set(block.bytes, start);
    end = block.isStored
      ? start + block.bytes.length
      : decompressBlock(block.bytes, target, 0, block.bytes.length, start);
    if (!(end <= start + descriptor.maxBlockSize)) throw new DamagedData('a block is longer than it may be');
  }
  if (end > mostBytes) throw new TooMuchData();
  const content = target.subarray(0, end);
  if (descriptor.hasContentChecksum && cursor.uint32() !== checksum(content))
    throw new DamagedData('wrong checksum');
  return content;
}

/** No byte of a packed block makes more than 255 of what it holds. */
function mostOf({ bytes, isStored }: Block, { maxBlockSize }: Descriptor): number {
  return isStored ? bytes.length : Math.min(maxBlockSize, 255 * bytes.length);
}

function readBlocks(cursor: ByteCursor, descriptor: Descriptor): readonly Block[] {
  const blocks: Block[] = [];
  for (let size = cursor.uint32(); size !== 0; size = cursor.uint32()) {
    const bytes = cursor.take(size & 0x7fff_ffff);
    if (descriptor.hasBlockChecksums && cursor.uint32() !== checksum(bytes))
      throw new DamagedData('wrong checksum');
    if (bytes.length > descriptor.maxBlockSize) throw new DamagedData('a block is longer than it may be');
    blocks.push({ bytes, isStored: size >>> 31 === 1 });
  }
  return blocks;
}

function readDescriptor(cursor: ByteCursor): Descriptor {
  const start = cursor.position;
  const flags = cursor.uint8();
  const maxBlockSize = BLOCK_SIZES.get((cursor.uint8() >> 4) & 7);
  if (flags >> 6 !== 1 || maxBlockSize === undefined) throw new DamagedData('unknown lz4 frame version');
  if ((flags & 1) !== 0) throw new DamagedData('the lz4 frame needs a dictionary');
  if ((flags & 8) !== 0) cursor.take(8);
  const descriptor = cursor.since(start);
  if (cursor.uint8() !== ((checksum(descriptor) >>> 8) & 0xff)) throw new DamagedData('wrong checksum');
  return {
    maxBlockSize,
    hasBlockChecksums: (flags & 0x10) !== 0,
    hasContentChecksum: (flags & 4) !== 0,
  };
}

function checksum(bytes: Uint8Array): number {
  return xxh32(0, bytes, 0, bytes.length) >>> 0;
}
