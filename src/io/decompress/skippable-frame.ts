import type { ByteCursor } from './byte-cursor.ts';

/** Whether four bytes begin a skippable frame, which lz4 and zstd share (pzstd puts one before each frame). */
export function isSkippableMagic(magic: number | undefined): boolean {
  return magic !== undefined && (magic & 0xffff_fff0) >>> 0 === 0x184d_2a50;
}

/** Moves the cursor behind the skippable frames that begin there. */
export function skipSkippableFrames(cursor: ByteCursor): void {
  while (isSkippableMagic(cursor.peekUint32())) {
    cursor.uint32();
    cursor.take(cursor.uint32());
  }
}

/** Skips skippable frames; true when nothing follows them. */
export function atEndOfFrames(cursor: ByteCursor): boolean {
  skipSkippableFrames(cursor);
  return cursor.isAtEnd();
}
