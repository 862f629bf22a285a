import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseIndexTargets, type AptTarget } from '../../src/io/apt.ts';

/** Plain files that dose3 and debplan both read. */
export interface IndexLists {
  /** Without the stanzas that are marked `Extra-Source-Only: yes`: dose3 means to drop them and doesn't. */
  readonly sources: string;
  readonly packages: ReadonlyMap<string, string>;
}

const MAX_LIST_BYTES = 2 ** 30;
const FORMAT = '$(CREATED_BY)\t$(ARCHITECTURE)\t$(FILENAME)';

/** Unpacks a suite's lists from its private apt root (see `apt-root`) into the suite's folder. */
export function makeIndexLists(suite: string, architectures: readonly string[]): IndexLists {
  const root = join(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', suite);
  const folder = join(root, 'lists');
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, APT_CONFIG: join(root, 'apt.conf') };
  const known = execFileSync('apt-get', ['indextargets', '--format', FORMAT], { encoding: 'utf8', env });
  const targets = parseIndexTargets(known);

  const unpack = (isWanted: (target: AptTarget) => boolean): string => {
    const paths = targets.filter(isWanted).map(({ path }) => path);
    if (paths.length === 0) throw new Error(`${suite}: apt has no such list; run test/system/apt-root`);
    const args = ['cat-file', ...paths];
    return execFileSync('/usr/lib/apt/apt-helper', args, {
      encoding: 'utf8',
      env,
      maxBuffer: MAX_LIST_BYTES,
    });
  };
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  return {
    sources: write('Sources', withoutExtraSources(unpack(({ kind }) => kind === 'Sources'))),
    packages: new Map(
      architectures.map((arch) => [
        arch,
        write(
          `${arch}.Packages`,
          unpack((target) => target.kind === 'Packages' && target.arch === arch),
        ),
      ]),
    ),
  };
}

function withoutExtraSources(sources: string): string {
  return sources
    .split('\n\n')
    .filter((stanza) => !/^Extra-Source-Only: *yes/m.test(stanza))
    .join('\n\n');
}
