import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SizeName } from '../suites/suite.ts';
import { versionsOf } from '../suites/version-compare.ts';
import type { Workload } from '../suites/workload.ts';
import type { QuestionFiles } from './contender.ts';

const VERSIONS = 100_000;

/** Indexes of some archive, plain text: `Sources`, and `Packages` of amd64. */
export interface Indexes {
  readonly sources: string;
  readonly packages: string;
}

/** An archive that programs are asked about. */
export interface Subject {
  /** How many sources it has, in a word. */
  readonly size: string;
  /** Writes what is not there yet. */
  readonly files: () => QuestionFiles;
}

/** The generated archive; its files are written below the folder. */
export function generatedSubject(workload: Workload, size: SizeName, folder: string): Subject {
  const files = (): QuestionFiles => {
    const { sources, packages } = workload.files();
    const versions = writeVersions(workload.packagesText(), folder);
    return { sources, packages: packages[0]?.path ?? '', versions };
  };
  return { size, files };
}

/** @throws Error for a file that can't be read, or that has no source packages */
export function givenSubject(indexes: Indexes, folder: string): Subject {
  const count = readFileSync(indexes.sources, 'utf8').match(/^Package:/gm)?.length ?? 0;
  if (count === 0)
    throw new Error(`${indexes.sources} has no source packages; name a Sources index that is not compressed`);
  const files = (): QuestionFiles => {
    const versions = writeVersions(readFileSync(indexes.packages, 'utf8'), folder);
    return { ...indexes, versions };
  };
  return { size: describeCount(count), files };
}

/** As sizes of generated archives are called: `400`, `34k`. */
function describeCount(count: number): string {
  return count < 1000 ? String(count) : `${Math.round(count / 1000)}k`;
}

/** As many versions for each archive, neighbours from far apart. */
function writeVersions(packagesText: string, folder: string): string {
  const some = versionsOf(packagesText);
  const versions = Array.from({ length: VERSIONS }, (_, place) => some[(place * 7) % some.length] ?? '0');
  const path = join(folder, 'versions');
  writeFileSync(path, `${versions.join('\n')}\n`);
  return path;
}
