import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** StarlingX's files, which lie beside the project where it is developed; their tests are skipped elsewhere. */
const STARLINGX = fileURLToPath(new URL('../../../shared/data/starlingx/', import.meta.url));

export const hasSharedData = existsSync(STARLINGX);

/** A file of the folder, as text. */
export function readShared(path: string): string {
  return readFileSync(join(STARLINGX, path), 'utf8');
}

/** Paths, relative to the folder and sorted, of the files of that name in StarlingX's tree. */
export function listShared(name: string): readonly string[] {
  if (!hasSharedData) return [];
  return readdirSync(join(STARLINGX, 'tree'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`/${name}`))
    .map((path) => join('tree', path))
    .sort();
}

/** The different versions of StarlingX's indexes, sorted as text. */
export function realVersions(): readonly string[] {
  if (!hasSharedData) return [];
  const versions = new Set<string>();
  for (const index of [
    'trixie.Sources',
    'bullseye.Sources',
    'trixie-amd64.Packages',
    'bullseye-arm64.Packages',
  ]) {
    for (const match of readShared(index).matchAll(/^Version: (.*)$/gm)) versions.add(match[1] ?? '');
  }
  return [...versions].sort();
}
