import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { botchFile, type KeptBotch } from './botch.ts';
import { ofDebianPackage } from './find-version.ts';
import { timeProgram } from './time-program.ts';

const SUITE = 'bookworm';

/**
 * `npm run bench:botch`: times `botch-native` on Debian 12, which orders the self-contained part of the archive, and `debplan cycles`
 * on the whole archive. Takes fifteen minutes, so what it finds is kept outside of the repository, where `npm run bench` reads it.
 * Needs botch and the lists that `npm run test:system` makes.
 */
const found = ofDebianPackage('botch', 'botch-native')();
if ('missing' in found) {
  process.stderr.write(`botch: ${found.missing}\n`);
  process.exitCode = 1;
} else {
  await keepBotch(found.version);
}

async function keepBotch(version: string): Promise<void> {
  const path = botchFile();
  const lists = join(dirname(path), '..', SUITE, 'lists');
  const [packages, sources] = [join(lists, 'amd64.Packages'), join(lists, 'Sources')];
  const work = join(dirname(path), 'bench');
  mkdirSync(work, { recursive: true });
  const folders = [`--tmp=${join(work, 'tmp')}`, `--output=${join(work, 'out')}`];
  process.stderr.write('botch-native runs now; this takes fifteen minutes\n');
  // its scripts want Debian's own Python, whatever else is installed
  const botch = ['env', `PATH=/usr/bin:/bin:${process.env['PATH'] ?? ''}`, 'botch-native', '--self-contained', ...folders, 'amd64', packages, sources]; // prettier-ignore
  const own = [process.execPath, 'dist/bin/debplan.js', 'cycles', sources, '--packages', `amd64=${packages}`, '--arch', 'amd64', '--json', '-q']; // prettier-ignore
  const kept: z.infer<typeof KeptBotch> = {
    version,
    date: today(),
    runs: [
      { program: 'debplan cycles, all sources', isOwn: true, ...(await timeProgram(own, isVerdict)) },
      { program: 'botch-native', isOwn: false, ...(await timeProgram(botch, (code) => code === 0)) },
    ],
  };
  rmSync(work, { recursive: true });
  writeFileSync(path, `${JSON.stringify(kept, undefined, 2)}\n`);
  process.stdout.write(`${path}\n`);
}

function isVerdict(code: unknown): boolean {
  return code === 0 || code === 1;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
