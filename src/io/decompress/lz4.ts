import { decompressBlock } from 'lz4js';
import { hash as xxh32 } from 'lz4js/xxh32.js';
import { DamagedData } from './damaged.ts';
import { joinChunks } from './join-chunks.ts';
import { ByteCursor } from './byte-cursor.ts';
import { atEndOfFrames } from './skippable-frame.ts';

const MAGIC = 0x184d2204;
const WINDOW = 65_536;
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
  readonly areBlocksLinked: boolean;
}

/**
 * Unpacks lz4 data of any number of frames (apt keeps its lists so). The frames are walked here, because the library's own
 * walk ends silently where the data do and checks no checksum; blocks are left to the library.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function unpackLz4(bytes: Uint8Array): Uint8Array {
  const cursor = new ByteCursor(bytes);
  const chunks: Uint8Array[] = [];
  while (!atEndOfFrames(cursor)) {
    chunks.push(unpackFrame(cursor));
  }
  return joinChunks(chunks);
}

function unpackFrame(cursor: ByteCursor): Uint8Array {
  if (cursor.uint32() !== MAGIC) throw new DamagedData('no lz4 frame where one should begin');
  const descriptor = readDescriptor(cursor);
  const chunks: Uint8Array[] = [];
  const scratch = new Uint8Array(WINDOW + descriptor.maxBlockSize);
  let history = 0;
  for (;;) {
    const size = cursor.uint32();
    if (size === 0) break;
    const block = cursor.take(size & 0x7fff_ffff);
    if (descriptor.hasBlockChecksums && cursor.uint32() !== checksum(block))
      throw new DamagedData('wrong checksum');
    const end = unpackBlock(block, size >>> 31 === 1, scratch, history);
    chunks.push(scratch.slice(history, end));
    if (descriptor.areBlocksLinked) {
      const start = Math.max(end - WINDOW, 0);
      scratch.copyWithin(0, start, end);
      history = end - start;
    }
  }
  const content = joinChunks(chunks);
  if (descriptor.hasContentChecksum && cursor.uint32() !== checksum(content))
    throw new DamagedData('wrong checksum');
  return content;
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
    areBlocksLinked: (flags & 0x20) === 0,
    hasBlockChecksums: (flags & 0x10) !== 0,
    hasContentChecksum: (flags & 4) !== 0,
  };
}

/** Unpacks one block into `scratch` behind `history` bytes of earlier output; returns the end. */
function unpackBlock(block: Uint8Array, isStored: boolean, scratch: Uint8Array, history: number): number {
  const end = isStored ? history + block.length : decompressBlock(block, scratch, 0, block.length, history);
  if (!(end <= scratch.length)) throw new DamagedData('a block is longer than it may be');
  if (isStored) scratch.set(block, history);
  return end;
}

function checksum(bytes: Uint8Array): number {
  return xxh32(0, bytes, 0, bytes.length) >>> 0;
}
