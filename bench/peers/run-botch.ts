import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import type { z } from 'zod';
import { botchFile, type KeptBotch } from './botch.ts';
import { ofDebianPackage } from './find-version.ts';
import type { Indexes } from './question-files.ts';
import { timeProgram } from './time-program.ts';

/**
 * `npm run bench:botch`: times `botch-native`, which orders the self-contained part of an archive, and `debplan cycles` on the whole of
 * it. Takes fifteen minutes for Debian 12, so what it finds is kept outside of the repository, where `npm run bench` reads it.
 */
const indexes = await yargs(hideBin(process.argv))
  .scriptName('npm run bench:botch --')
  .usage('npm run bench:botch -- --sources Sources --packages Packages')
  .option('sources', {
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: 'a Sources index, plain',
  })
  .option('packages', {
    type: 'string',
    demandOption: true,
    requiresArg: true,
    describe: 'Packages of amd64, plain',
  })
  .strict()
  .version(false)
  .parseAsync();

const found = ofDebianPackage('botch', 'botch-native')();
try {
  if ('missing' in found) throw new Error(`botch: ${found.missing}`);
  await keepBotch(found.version, indexes);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function keepBotch(version: string, { sources, packages }: Indexes): Promise<void> {
  const path = botchFile();
  const work = join(dirname(path), 'bench');
  mkdirSync(work, { recursive: true });
  const folders = [`--tmp=${join(work, 'tmp')}`, `--output=${join(work, 'out')}`];
  process.stderr.write('botch-native runs now; this takes fifteen minutes\n');
  // its scripts want Debian's own Python, whatever else is installed
  const botch = ['env', `PATH=/usr/bin:/bin:${process.env['PATH'] ?? ''}`, 'botch-native', '--self-contained', ...folders, 'amd64', packages, sources]; // prettier-ignore
  const own = [process.execPath, 'dist/bin/debplan.js', 'cycles', sources, '--packages', `amd64=${packages}`, '--arch', 'amd64', '--json', '-q']; // prettier-ignore
  const cycles = await timeProgram(own, isVerdict);
  // a script of many programs: the peak of its shell says nothing
  const { cpuS, wallS } = await timeProgram(botch, (code) => code === 0);
  const kept: z.infer<typeof KeptBotch> = {
    version,
    date: today(),
    runs: [
      { program: 'debplan cycles', isOwn: true, ...cycles },
      { program: 'botch-native', isOwn: false, cpuS, wallS },
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
