import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { z } from 'zod';
import { parseIndexTargets, type AptTarget } from '../../src/io/apt.ts';
import { makeIndexLists } from './index-lists.ts';

/** What apt answers to `build-dep`. */
export type AptAnswer = z.infer<typeof AptAnswer>;

const AptAnswer = z.discriminatedUnion('kind', [
  /** Each as `name version`, sorted. */
  z.object({ kind: z.literal('installs'), packages: z.array(z.string()) }),
  /** Apt finds no way to install them all. */
  z.object({ kind: z.literal('gives-up') }),
]);
const AptAnswers = z.record(z.string(), AptAnswer);

const run = promisify(execFile);
const ARCH = 'amd64';
const FORMAT = '$(CREATED_BY)\t$(ARCHITECTURE)\t$(FILENAME)';

/** A private apt root that can do nothing but tell. */
export interface TellingApt {
  readonly env: NodeJS.ProcessEnv;
  /** Of apt's version and the lists. */
  readonly hash: string;
}

/**
 * Makes the root `DEBPLAN_SYSTEM_DIR/SUITE/build-dep`: no dpkg, download only, an empty status, one architecture, and the
 * suite's lists unpacked: from compressed ones apt takes five seconds a source, from these half a second.
 */
export function makeTellingApt(suite: string): TellingApt {
  const suiteRoot = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', suite);
  const root = join(suiteRoot, 'build-dep');
  const unpacked = makeIndexLists(suite, [ARCH]);
  rmSync(root, { recursive: true, force: true });
  for (const folder of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'state/status'), '');
  const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'apt'], { encoding: 'utf8' });
  const hash = createHash('sha256').update(version);
  const paths = { Sources: unpacked.sources, Packages: unpacked.packages.get(ARCH) ?? '' };
  for (const { kind, arch, path } of listsOf(suiteRoot)) {
    if (kind === 'Packages' && arch !== ARCH) continue;
    const name = basename(path).replace(/_(Packages|Sources)\.\w+$/, '_$1');
    copyFileSync(paths[kind], join(root, 'state/lists', name));
    const release = name.replace(/_main_.*/, '_InRelease');
    copyFileSync(join(suiteRoot, 'state/lists', release), join(root, 'state/lists', release));
    hash.update('\n').update(readFileSync(paths[kind]));
  }
  const config = join(root, 'apt.conf');
  writeFileSync(config, configText(root, suiteRoot));
  return { env: { ...process.env, APT_CONFIG: config, LC_ALL: 'C' }, hash: hash.digest('hex') };
}

/**
 * What `apt-get build-dep` would install for each source (`NAME=VERSION`) where nothing is installed. The answers are kept in
 * `DEBPLAN_SYSTEM_DIR/build-dep-cache`, one file for each apt version, content of the lists, and sources asked for.
 */
export async function askAptOnce(
  apt: TellingApt,
  sources: readonly string[],
): Promise<ReadonlyMap<string, AptAnswer>> {
  const folder = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', 'build-dep-cache');
  const hash = createHash('sha256').update([apt.hash, ...sources].join('\n'));
  const cached = join(folder, `${hash.digest('hex')}.json`);
  if (!existsSync(cached)) {
    mkdirSync(folder, { recursive: true });
    const partial = `${cached}.${String(process.pid)}`;
    writeFileSync(partial, JSON.stringify(await askApt(apt, sources)));
    renameSync(partial, cached);
  }
  return new Map(Object.entries(AptAnswers.parse(JSON.parse(readFileSync(cached, 'utf8')))));
}

/** What `apt-get -s build-dep` says it would install. Three times as slow as the list of what it would download. */
export async function simulateBuildDep({ env }: TellingApt, source: string): Promise<AptAnswer> {
  const { stdout } = await run('apt-get', ['-s', '-q', 'build-dep', source], { env });
  const installed = [...stdout.matchAll(/^Inst (\S+) \((\S+) /gm)];
  return { kind: 'installs', packages: installed.map(([, name, own]) => `${name} ${own}`).sort() };
}

async function askApt(
  { env }: TellingApt,
  sources: readonly string[],
): Promise<Readonly<Record<string, AptAnswer>>> {
  const limit = pLimit(2);
  const answers: Record<string, AptAnswer> = {};
  const ask = async (source: string): Promise<void> => {
    answers[source] = await listBuildDep(env, source);
  };
  // the first one makes apt's cache, on which the others live
  for (const source of sources.slice(0, 1)) await ask(source);
  await Promise.all(sources.slice(1).map((source) => limit(() => ask(source))));
  return answers;
}

async function listBuildDep(env: NodeJS.ProcessEnv, source: string): Promise<AptAnswer> {
  try {
    const { stdout } = await run('apt-get', ['--print-uris', '-q', 'build-dep', source], { env });
    const files = [...stdout.matchAll(/^'\S+' ([^_\s]+)_([^_\s]+)_\S+\.deb /gm)];
    const packages = files.map(([, name, version = '']) => `${name} ${decodeURIComponent(version)}`);
    return { kind: 'installs', packages: packages.sort() };
  } catch (error) {
    const failure = z.object({ stdout: z.string() }).safeParse(error).data;
    if (failure?.stdout.includes('have unmet dependencies') === true) return { kind: 'gives-up' };
    throw error;
  }
}

function listsOf(suiteRoot: string): readonly AptTarget[] {
  const env = { ...process.env, APT_CONFIG: join(suiteRoot, 'apt.conf') };
  return parseIndexTargets(
    execFileSync('apt-get', ['indextargets', '--format', FORMAT], { encoding: 'utf8', env }),
  );
}

function configText(root: string, suiteRoot: string): string {
  return [
    'Dir::Etc::parts "/dev/null";',
    'Dir::Etc::main "/dev/null";',
    'Dir::Etc::sourceparts "/dev/null";',
    `Dir::Etc::sourcelist "${suiteRoot}/etc/sources.list";`,
    `Dir::State "${root}/state";`,
    `Dir::State::status "${root}/state/status";`,
    `Dir::Cache "${root}/cache";`,
    'Dir::Bin::dpkg "/bin/false";',
    'APT::Get::Download-Only "true";',
    `APT::Architecture "${ARCH}";`,
    `APT::Architectures { "${ARCH}"; };`,
    'Acquire::Languages "none";',
    '',
  ].join('\n');
}
