import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemCode, systemReason } from '../../io/system-error.ts';
import type { PlanTask } from '../../plan/plan.ts';
import { readDsc, type DscFile } from './dsc.ts';

/**
 * Looks whether a source package is whole: the .dsc is of this source and version, the files that it lists lie beside it and have
 * their sizes, and their checksums where that is asked for.
 * @returns what is wrong, in words; undefined: nothing
 */
export async function sourceProblem(
  path: string,
  { source, version }: Pick<PlanTask, 'source' | 'version'>,
  withChecksums: boolean,
): Promise<string | undefined> {
  const text = await textOf(path);
  if (text === undefined) return 'it cannot be read';
  const dsc = readDsc(text);
  if (dsc === undefined) return 'it is no .dsc';
  if (dsc.source !== source || dsc.version !== version)
    return `it is of ${dsc.source} ${dsc.version}, not of ${source} ${version}`;
  for (const file of dsc.files) {
    const problem = await fileProblem(join(dirname(path), file.name), file, withChecksums);
    if (problem !== undefined) return `${file.name} ${problem}`;
  }
  return undefined;
}

async function fileProblem(
  path: string,
  { bytes, checksum, algorithm }: DscFile,
  withChecksums: boolean,
): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return 'is no file';
    if (found.size !== bytes) return `has ${String(found.size)} bytes instead of ${String(bytes)}`;
    if (!withChecksums) return undefined;
    const hash = createHash(algorithm);
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex') === checksum ? undefined : `does not have the ${algorithm} sum of the .dsc`;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'is not there' : `can't be read: ${systemReason(error)}`;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined; // whatever the reason is, the source can't be built from
  }
}
