import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { z } from 'zod';
import type { BenchResults } from './results-schema.ts';

const GIB = 2 ** 30;
const Manifest = z.object({ version: z.string() });
/** Peers that are libraries of Node, from where each is installed. */
const LIBRARIES = ['debian-control', '@dagrejs/graphlib', 'graphology', 'tinybench'] as const;

export function describeMachine(): BenchResults['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / GIB),
    system: `${type()} ${release()}`,
  };
}

/** Processes that wanted to run during the last minute, for each core. */
export function loadPerCore(): number {
  return (loadavg()[0] ?? 0) / availableParallelism();
}

/** Of Node, debplan and the libraries; run from the folder of the repository. */
export function ownVersions(): Readonly<Record<string, string>> {
  const libraries = LIBRARIES.map((name) => [name, versionIn(`node_modules/${name}/package.json`)] as const);
  return {
    node: process.versions.node,
    debplan: versionIn('package.json'),
    ...Object.fromEntries(libraries),
  };
}

function versionIn(path: string): string {
  return Manifest.parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}
