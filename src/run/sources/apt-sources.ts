import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError, type Report } from '../../base/diagnostic.ts';
import { valueText } from '../../parse/field.ts';
import { readStanzas } from '../../parse/stanza.ts';
import { findAptLists } from '../../io/apt.ts';
import { readInputFile } from '../../io/read-file.ts';
import { systemCode, systemReason } from '../../io/system-error.ts';
import { decodeText } from '../../io/text-pieces.ts';
import type { PlanTask } from '../../plan/plan.ts';
import { syncFolder } from '../packages/replace-file.ts';
import { sourceProblem } from './verify-source.ts';

/** A source in one version. */
export type SourceVersion = Pick<PlanTask, 'source' | 'version'>;

/** Why a source could not be downloaded, in one line. */
export interface FetchProblem {
  readonly reason: string;
  /** Whether it may work later. */
  readonly isTransient: boolean;
}

const run = promisify(execFile);
const MAX_TALK_BYTES = 2 ** 24;

/** Sources that apt's lists have: `hello 2.10-3`. The environment's APT_CONFIG counts. @throws UserError where apt tells nothing */
export async function sourcesOfApt(report: Report): Promise<ReadonlySet<string>> {
  const refuse: Report = (diagnostic) => {
    if (diagnostic.severity === 'error') throw new UserError([diagnostic]);
    report(diagnostic);
  };
  const known = new Set<string>();
  for (const { path } of await findAptLists({ architectures: [], paths: [] }, refuse)) {
    const file = basename(path);
    const content = await readInputFile({ label: file, path }, refuse);
    if (content === undefined) continue;
    const text = decodeText(content.bytes, file, refuse);
    for (const { fields } of readStanzas(text, file, refuse, { wanted: WANTED })) {
      const [name, version] = [fields.get('package'), fields.get('version')];
      if (name !== undefined && version !== undefined)
        known.add(nameOf({ source: valueText(name).trim(), version: valueText(version).trim() }));
    }
  }
  return known;
}

const WANTED: ReadonlySet<string> = new Set(['package', 'version']);

export function nameOf({ source, version }: SourceVersion): string {
  return `${source} ${version}`;
}

/** Where a source package is downloaded to, and how. */
export interface Download {
  /** Where it comes to lie, in one step; its parent is made. */
  readonly folder: string;
  /** Name of its .dsc. */
  readonly dsc: string;
  /** Aborted: the download is given up. */
  readonly signal: AbortSignal;
  /** apt's own: proxies, APT_CONFIG. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Downloads a source package with apt and checks it against its .dsc. What an earlier process left half done is taken away.
 */
export async function fetchWithApt(
  wanted: SourceVersion,
  { folder, dsc, ...talk }: Download,
): Promise<FetchProblem | undefined> {
  const partial = `${folder}.part`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const problem =
    (await download(wanted, partial, talk)) ?? (await problemOfDownload(wanted, join(partial, dsc)));
  if (problem !== undefined) {
    await rm(partial, { recursive: true, force: true });
    return problem;
  }
  await syncFolder(partial);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return undefined;
}

async function problemOfDownload(wanted: SourceVersion, dsc: string): Promise<FetchProblem | undefined> {
  const problem = await sourceProblem(dsc, wanted, true);
  return problem === undefined
    ? undefined
    : { reason: `${basename(dsc)} as downloaded: ${problem}`, isTransient: true };
}

async function download(
  { source, version }: SourceVersion,
  cwd: string,
  { environment, signal }: Pick<Download, 'environment' | 'signal'>,
): Promise<FetchProblem | undefined> {
  const options = ['--quiet=2', '--download-only', '--only-source', '--option=Acquire::Retries=3'];
  try {
    await run('apt-get', ['source', ...options, '--', `${source}=${version}`], {
      cwd,
      signal,
      maxBuffer: MAX_TALK_BYTES,
      env: { ...environment, LC_ALL: 'C.UTF-8' },
    });
    return undefined;
  } catch (error) {
    // a number: apt's own exit code
    if (systemCode(error) !== undefined)
      return { reason: `cannot run apt-get: ${systemReason(error)}`, isTransient: signal.aborted };
    const talk = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    const [line = 'apt-get source failed'] = /^E: .*$/m.exec(talk) ?? talk.trim().split('\n').slice(-1);
    return { reason: line.replace(/^E: /, ''), isTransient: TRANSIENT.test(talk) };
  }
}

/** What mirrors and networks say when the same may work later; a file that isn't there (404) stays away. */
const TRANSIENT =
  /Temporary failure|Could not (?:connect|resolve)|Connection (?:failed|timed out|refused|reset)|timed out|\b(?:429|50[0-9])\b|Hash Sum mismatch|unexpected size|Unable to connect|Network is unreachable/i;
