import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { packageStanzas, sourceStanzas } from './archive-stanzas.ts';
import { drawArchive, type ArchiveOptions } from './draw-archive.ts';

/** Paths of what `writeArchive` wrote. */
export interface ArchiveFiles {
  readonly sources: string;
  readonly packages: readonly { readonly arch: string; readonly path: string }[];
}

const CHUNK_LENGTH = 2 ** 20;

/** Writes `Sources` and one `ARCH.Packages` for each architecture into a folder; no file is ever one string in memory. */
export function writeArchive(
  folder: string,
  options: ArchiveOptions,
  architectures: readonly string[],
): ArchiveFiles {
  const archive = drawArchive(options);
  mkdirSync(folder, { recursive: true });
  const sources = join(folder, 'Sources');
  writeTexts(sources, sourceStanzas(archive));
  const packages = architectures.map((arch) => {
    const path = join(folder, `${arch}.Packages`);
    writeTexts(path, packageStanzas(archive, arch));
    return { arch, path };
  });
  return { sources, packages };
}

function writeTexts(path: string, texts: Iterable<string>): void {
  const file = openSync(path, 'w');
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_LENGTH) continue;
    writeSync(file, chunk);
    chunk = '';
  }
  writeSync(file, chunk);
  closeSync(file);
}
