/** What a command line and its environment tell of the build that it makes. What they don't tell is left out. */
export interface CommandFacts {
  /** The tool, without its folder: `sbuild`. Wrappers such as `nice` and `env` are passed over. */
  readonly tool: string;
  /** A `.dsc` among the arguments. */
  readonly dsc?: string;
  /** What is built, if its name stands there as `NAME_VERSION`, or in the name of the `.dsc`. */
  readonly source?: string;
  /** Without the epoch where it comes from a file's name. */
  readonly version?: string;
  /** Built for: `--host`, `--arch`, `-a`, `DEB_HOST_ARCH`. */
  readonly arch?: string;
  readonly makeJobs?: number;
  /** Sorted, `nocheck` of `DEB_BUILD_OPTIONS` among them. */
  readonly profiles: readonly string[];
  /** Whether the RAM disk or folder holds a whole chroot, as such tools make one. */
  readonly makesChroot: boolean;
}

const WRAPPERS: ReadonlySet<string> = new Set([
  'nice',
  'ionice',
  'env',
  'nohup',
  'time',
  'sudo',
  'chrt',
  'setsid',
  'stdbuf',
]);
const CHROOT_TOOLS: ReadonlySet<string> = new Set([
  ...[
    'sbuild',
    'pbuilder',
    'cowbuilder',
    'pdebuild',
    'gbp',
    'mmdebstrap',
    'debspawn',
    'unshare',
    'build-pkgs',
  ],
]);
const ARCH_OPTION = /^(?:--(?:host|arch|host-arch|architecture)=|-a)([a-z0-9-]+)$/;
const JOBS_OPTION = /^(?:-j|--jobs=)(\d+)$/;
const PROFILES_OPTION = /^(?:--(?:profiles|build-profiles)=|-P)([a-z0-9.,-]+)$/;
/** `hello_2.10-3`, as sbuild takes it. */
const NAME_VERSION = /^([a-z0-9][a-z0-9+.-]+)_((?:\d+:)?[0-9][A-Za-z0-9.+~-]*?)(?:\.dsc)?$/;

/**
 * Reads a command line, and the one that a shell in it is given with `-c`: split at blanks, which is enough for names and
 * options. Unknown tools are fine.
 * @param given the command and its arguments
 */
export function commandFacts(
  given: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandFacts {
  const words = given.flatMap((word, index) => (given[index - 1] === '-c' ? splitCommand(word) : [word]));
  const names = words.map(baseName);
  const all = withValues(words);
  const dsc = words.find((word) => word.endsWith('.dsc'));
  const options = (env['DEB_BUILD_OPTIONS'] ?? '').split(/\s+/);
  const jobs = lastMatch(all, JOBS_OPTION) ?? lastMatch(options, /^parallel=(\d+)$/);
  return {
    tool: names.find((name) => CHROOT_TOOLS.has(name)) ?? names.find(isCommand) ?? '',
    ...(dsc === undefined ? {} : { dsc }),
    ...namedSource(dsc === undefined ? words.slice(1) : [baseName(dsc)]),
    ...known('arch', lastMatch(all, ARCH_OPTION) ?? env['DEB_HOST_ARCH']),
    ...(Number(jobs) > 0 ? { makeJobs: Number(jobs) } : {}),
    profiles: profilesOf(lastMatch(all, PROFILES_OPTION) ?? env['DEB_BUILD_PROFILES'] ?? '', options),
    makesChroot: names.some((name) => CHROOT_TOOLS.has(name)),
  };
}

function profilesOf(named: string, options: readonly string[]): readonly string[] {
  const all = [...named.split(/[\s,]+/), ...options.filter((option) => option === 'nocheck')];
  return [...new Set(all.filter((name) => name !== ''))].sort();
}

function namedSource(words: readonly string[]): Pick<CommandFacts, 'source' | 'version'> {
  const match = words.map((word) => NAME_VERSION.exec(word)).find((found) => found !== null);
  const [, source, version] = match ?? [];
  return source === undefined || version === undefined ? {} : { source, version };
}

function known(name: 'arch', value: string | undefined): Pick<CommandFacts, 'arch'> {
  return value === undefined || value === '' ? {} : { [name]: value };
}

function isCommand(name: string): boolean {
  return !WRAPPERS.has(name) && !name.startsWith('-') && !name.includes('=');
}

function splitCommand(text: string): readonly string[] {
  return text.split(/[\s;&|'"]+/).filter((word) => word !== '');
}

/** Each word, and those options whose value is a word of its own joined with it. */
function withValues(words: readonly string[]): readonly string[] {
  return words.map((word, index) => {
    const next = words[index + 1] ?? '';
    if (/^-[ajP]$/.test(word)) return word + next;
    return /^--(?:host|arch|host-arch|jobs|profiles)$/.test(word) ? `${word}=${next}` : word;
  });
}

function lastMatch(words: readonly string[], pattern: RegExp): string | undefined {
  return words.flatMap((word) => pattern.exec(word)?.[1] ?? []).at(-1);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
