import { readFileSync } from 'node:fs';
import { resultsSchema, type BenchResults } from './results-schema.ts';

/** @throws Error that names the file, when it can't be read or holds no results of benches */
export function readResults(path: string): BenchResults {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  const { data, error } = resultsSchema.safeParse(json);
  if (data === undefined) throw new Error(`${path}: no results of benches: ${error.message}`);
  return data;
}
