import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { compareText } from '../../base/compare.ts';
import { UserError } from '../../base/diagnostic.ts';
import { systemCode, systemReason } from '../../io/system-error.ts';
import { isDebName, makeDebStanza, type DebStanza } from './deb-stanza.ts';
import { noDpkgDeb } from './diagnostics.ts';

/** What a build left behind, looked into. */
export interface IndexedDebs {
  /** By file name. */
  readonly stanzas: readonly DebStanza[];
  /** What looks like a package and is none. */
  readonly strange: readonly { readonly file: string; readonly reason: string }[];
}

const run = promisify(execFile);
const AT_ONCE = 4;
const MAX_CONTROL_BYTES = 2 ** 22;
const TIMEOUT_MS = 60_000;

/**
 * Looks into the packages of a folder, not below it: plain files called `*.deb` only, never what a link leads to.
 * @throws UserError when dpkg-deb is not installed
 */
export async function indexDebs(folder: string): Promise<IndexedDebs> {
  const entries = await readdir(folder, { withFileTypes: true });
  const limit = pLimit(AT_ONCE);
  const looked = entries
    .filter((entry) => entry.name.endsWith('.deb'))
    .sort((a, b) => compareText(a.name, b.name))
    .map((entry) =>
      limit(async (): Promise<DebStanza | { readonly file: string; readonly reason: string }> => {
        if (!entry.isFile()) return { file: entry.name, reason: 'it is no plain file' };
        if (!isDebName(entry.name)) return { file: entry.name, reason: 'no package is called so' };
        return (
          (await indexDeb(folder, entry.name)) ?? { file: entry.name, reason: 'dpkg-deb cannot read it' }
        );
      }),
    );
  const results = await Promise.all(looked);
  return {
    stanzas: results.filter((result) => 'text' in result),
    strange: results.filter((result) => 'reason' in result),
  };
}

async function indexDeb(folder: string, file: string): Promise<DebStanza | undefined> {
  const path = join(folder, file);
  const control = await readControl(path);
  if (control === undefined) return undefined;
  const { size } = await stat(path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return makeDebStanza(control, { file, bytes: size, sha256: hash.digest('hex') });
}

async function readControl(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('dpkg-deb', ['--field', path], {
      maxBuffer: MAX_CONTROL_BYTES,
      timeout: TIMEOUT_MS,
    });
    return stdout;
  } catch (error) {
    // a number: dpkg-deb's own exit code
    if (systemCode(error) === 'ENOENT') throw new UserError([noDpkgDeb(systemReason(error))]);
    return undefined;
  }
}
