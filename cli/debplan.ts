#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { accuracyCommand } from './accuracy.ts';
import { adviseCommand } from './advise.ts';
import { BENCH_LISTS } from './bench-options.ts';
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import { commonOptions } from './common-options.ts';
import { completionCommand } from './completion.ts';
import { COMPARE_LISTS, compareCommand } from './compare.ts';
import { cyclesCommand } from './cycles.ts';
import { EMIT_LISTS, emitCommand } from './emit.ts';
import { explainCommand } from './explain.ts';
import { graphCommand } from './graph.ts';
import { withNotes } from './help-notes.ts';
import { HISTORY_LISTS, historyCommand } from './history.ts';
import { installSetCommand } from './install-set.ts';
import { measureCommand } from './measure.ts';
import { knownCommand } from './known-command.ts';
import { learnCommand } from './learn.ts';
import { nextCommand } from './next.ts';
import { LISTS, planCommand } from './plan.ts';
import { reportFailure, reportUnwritten } from './report.ts';
import { reportCommand } from './report-plan.ts';
import { RUN_LISTS } from './run-options.ts';
import { runCommand } from './run.ts';
import { simulateCommand } from './simulate.ts';
import { printHelp, refuseTwice, usageError } from './usage.ts';
import { whyCommand } from './why.ts';

/** In the order of the help. */
const KNOWN = [
  ...[knownCommand(planCommand), knownCommand(checkCommand), knownCommand(cyclesCommand)],
  ...[knownCommand(graphCommand), knownCommand(whyCommand), knownCommand(installSetCommand)],
  ...[knownCommand(explainCommand), knownCommand(accuracyCommand), knownCommand(simulateCommand)],
  knownCommand(benchCommand),
  ...[knownCommand(adviseCommand), knownCommand(emitCommand), knownCommand(compareCommand)],
  ...[knownCommand(reportCommand), knownCommand(learnCommand), knownCommand(historyCommand)],
  ...[knownCommand(measureCommand), knownCommand(nextCommand), knownCommand(runCommand)],
];
const COMPLETION = completionCommand(KNOWN);
const COMMANDS = [...KNOWN, knownCommand(COMPLETION)];
/** Where other options may be repeated than elsewhere. */
const LISTS_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['learn', ['builder']],
  ['measure', []],
  ['emit', EMIT_LISTS],
  ['compare', COMPARE_LISTS],
  ['bench', BENCH_LISTS],
  ['run', RUN_LISTS],
]);
const MISSING = 'say what to do: a command is missing';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(); // the reader, such as head, has seen enough; the answer stays yes or no
  process.exit(reportUnwritten(error));
});
process.stderr.on('error', () => {
  // nothing can be said, but the answer may still be wanted
});

const given = hideBin(process.argv);
try {
  await yargs(given)
    .scriptName('debplan')
    .usage('$0 COMMAND …\n\nIn which order, where, and in RAM or on disk to build Debian source packages.')
    .command(withNotes(planCommand))
    .command(withNotes(checkCommand))
    .command(withNotes(cyclesCommand))
    .command(withNotes(graphCommand))
    .command(withNotes(whyCommand))
    .command(withNotes(installSetCommand))
    .command(withNotes(explainCommand))
    .command(withNotes(accuracyCommand))
    .command(withNotes(simulateCommand))
    .command(withNotes(benchCommand))
    .command(withNotes(adviseCommand))
    .command(withNotes(emitCommand))
    .command(withNotes(compareCommand))
    .command(withNotes(reportCommand))
    .command(withNotes(learnCommand))
    .command(withNotes(historyCommand))
    .command(withNotes(measureCommand))
    .command(withNotes(nextCommand))
    .command(withNotes(runCommand))
    .command(withNotes(COMPLETION))
    .exitProcess(false) // else help that could not be written would count as read
    .demandCommand(1, MISSING)
    .strictOptions()
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
    })
    .check((args) => {
      if (args['help'] === true || args['version'] === true) return true; // it was printed
      if (!COMMANDS.some(({ name }) => name === String(args._[0]))) throw usageError('', given, COMMANDS);
      return refuseTwice(args, LISTS_OF.get(String(args._[0])) ?? [...LISTS, ...HISTORY_LISTS]);
    })
    .options(commonOptions)
    .middleware(async (args) => {
      const given = args['max-input'];
      if (typeof given !== 'string') return;
      const { limitInputsTo } = await import('../src/internal.ts');
      limitInputsTo(given);
    })
    .version(readVersion())
    .alias({ help: 'h', version: 'V' })
    .locale('en')
    .updateStrings({ 'Options:': 'Other:' })
    .usageConfiguration({ 'hide-types': true })
    .wrap(Math.min(100, process.stdout.columns || 100))
    .epilogue(
      'Exit codes: 0 done, 1 the answer is no, 2 usage or unreadable input, 70 a bug of debplan, 130 interrupted.',
    )
    .fail((message, error, parser) => {
      if (error instanceof Error && error.name !== 'YError') throw error;
      if (message === MISSING) printHelp(parser);
      throw usageError(message, given, COMMANDS);
    })
    .parseAsync();
} catch (error) {
  // thrown past fail() where the process is not to exit by itself
  const isUsage = error instanceof Error && error.name === 'YError';
  process.exitCode = await reportFailure(isUsage ? usageError(error.message, given, COMMANDS) : error);
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
