import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './usage.ts';

/** What a command line reads, by the options that may name files of its inputs. */
export interface NamedInputs {
  readonly packages?: readonly string[] | undefined;
  readonly history?: readonly string[] | undefined;
  readonly estimates?: string | undefined;
  readonly builders?: string | undefined;
  readonly 'break-cost'?: string | undefined;
  readonly 'order-from'?: string | undefined;
}

/** The files that an option of these names, and the paths beside options. */
export function namedInputs(args: NamedInputs, paths: readonly string[]): readonly string[] {
  const { packages = [], history = [], estimates, builders } = args;
  const single = [estimates, builders, args['break-cost'], args['order-from']];
  // `--packages arm64=FILE`
  const indexes = packages.map((path) => path.replace(/^[a-z0-9-]+=/, ''));
  return [...paths, ...indexes, ...history, ...single.filter((path) => path !== undefined)];
}

/**
 * Refuses a file as output that is an input, also by way of a link; `-` is none.
 * @throws UsageError before anything takes time
 */
export function refuseOverwriting(
  option: string,
  file: string | undefined,
  read: readonly string[],
  example: string,
): void {
  if (file === undefined || file === '-') return;
  const place = realPath(file);
  if (read.some((path) => path !== '-' && realPath(path) === place))
    throw new UsageError(`${option} would write over ${file}, which is read`, example);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // nothing is there yet
  }
}
