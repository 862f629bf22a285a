#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { graphCommand } from './graph.ts';
import { planCommand } from './plan.ts';
import { reportFailure, usageFailure } from './report.ts';
import { whyCommand } from './why.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader, such as head, has seen enough
  throw error;
});

try {
  await yargs(hideBin(process.argv))
    .scriptName('debplan')
    .usage('$0 COMMAND …\n\nIn which order, where, and in RAM or on disk to build Debian source packages.')
    .command(planCommand)
    .command(graphCommand)
    .command(whyCommand)
    .demandCommand(1, 'say what to do: a command is missing')
    .strict()
    .version(readVersion())
    .alias({ help: 'h', version: 'V' })
    .locale('en')
    .wrap(Math.min(100, process.stdout.columns || 100))
    .epilogue(
      'Exit codes: 0 done, 1 the answer is no, 2 usage or unreadable input, 70 a bug of debplan, 130 interrupted.',
    )
    .fail((message, error) => {
      throw error instanceof Error ? error : usageFailure(message);
    })
    .parseAsync();
} catch (error) {
  process.exitCode = await reportFailure(error);
}

function readVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
        return String(manifest.version);
    } catch {
      continue; // built and unbuilt files lie at different depths
    }
  }
  return 'unknown';
}
