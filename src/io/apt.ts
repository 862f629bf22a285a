import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Report } from '../base/diagnostic.ts';
import { aptFailed, aptMissing, aptWarned, aptWithoutPackages, aptWithoutSources } from './diagnostics.ts';
import type { NamedPath } from './find-inputs.ts';
import type { InputRequest } from './inputs.ts';
import { systemCode, systemReason } from './system-error.ts';

const run = promisify(execFile);
const FORMAT = '$(CREATED_BY)\t$(ARCHITECTURE)\t$(FILENAME)';
const MAX_TALK_BYTES = 64 * 1024 * 1024;

/** A list that apt has on disk. */
export interface AptTarget {
  readonly kind: 'Packages' | 'Sources';
  /** Undefined for sources. */
  readonly arch: string | undefined;
  readonly path: string;
}

/**
 * Asks apt for its lists: all `Sources`, and the `Packages` of the request's architectures. The environment variable
 * APT_CONFIG counts, as it does for apt itself. What is missing is reported with its remedy.
 */
export async function findAptLists(
  request: Pick<InputRequest, 'architectures' | 'paths'>,
  report: Report,
): Promise<readonly NamedPath[]> {
  const output = await askApt(report);
  if (output === undefined) return [];
  const targets = parseIndexTargets(output);
  const sources = targets.filter(({ kind }) => kind === 'Sources');
  if (sources.length === 0 && request.paths.length === 0) report(aptWithoutSources());
  const found = sources.map(({ path }): NamedPath => ({
    path,
    arch: undefined,
    mustBePackages: false,
    mayBeEmpty: true,
  }));
  for (const arch of request.architectures) {
    const lists = targets.filter((target) => target.arch === arch || target.arch === 'all');
    if (!lists.some((target) => target.arch === arch)) report(aptWithoutPackages(arch));
    found.push(...lists.map(({ path }) => ({ path, arch, mustBePackages: true, mayBeEmpty: true })));
  }
  return found;
}

/** Reads the lines of `apt-get indextargets`; a variable that a target doesn't have stays as `$(NAME)`. */
export function parseIndexTargets(output: string): readonly AptTarget[] {
  const targets: AptTarget[] = [];
  for (const line of output.split('\n')) {
    const [kind, arch = '', path = ''] = line.split('\t');
    if ((kind !== 'Packages' && kind !== 'Sources') || path === '') continue;
    targets.push({ kind, arch: arch === '' || arch.startsWith('$(') ? undefined : arch, path });
  }
  return targets;
}

async function askApt(report: Report): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run('apt-get', ['indextargets', '--format', FORMAT], {
      maxBuffer: MAX_TALK_BYTES,
    });
    if (stderr.trim() !== '') report(aptWarned(oneLine(stderr)));
    return stdout;
  } catch (error) {
    const stderr = error instanceof Error && 'stderr' in error ? oneLine(String(error.stderr)) : '';
    if (systemCode(error) !== undefined) report(aptMissing(systemReason(error)));
    else report(aptFailed(stderr === '' ? 'no reason given' : stderr));
    return undefined;
  }
}

function oneLine(talk: string): string {
  return talk
    .trim()
    .split(/\s*\n\s*/)
    .join('; ');
}
