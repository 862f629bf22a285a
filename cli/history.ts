import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';
import { printDiagnostics, styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const list = { ...text, array: true } as const satisfies Options;
const flag = { type: 'boolean', default: false } as const satisfies Options;
const which = { group: 'Which builds:' } as const;
const pruning = { group: 'Pruning:' } as const;
const output = { group: 'Output:' } as const;

const historyOptions = {
  source: { ...list, ...which, describe: 'NAME or NAME=VERSION; repeatable' },
  arch: { ...list, ...which, describe: 'what they were built for: amd64,all' },
  builder: { ...list, ...which, describe: 'the machines: x86-1,x86-2' },
  outcome: { ...list, ...which, describe: 'built, failed, no-space, given-back, killed' },
  since: { ...text, ...which, describe: 'DATE, UTC: begun on that day or later: 2026-11-23' },
  until: { ...text, ...which, describe: 'DATE, UTC: begun on that day or earlier' },
  prune: { ...flag, ...pruning, describe: 'rewrite the file without what --keep and --before say' },
  keep: {
    ...text,
    ...pruning,
    describe: 'N: the newest built ones of each source and architecture stay, and what failed since',
  },
  before: { ...text, ...pruning, describe: 'DATE: only older ones go' },
  'dry-run': { ...flag, ...pruning, describe: 'say what would go, and write nothing' },
  output: { ...text, ...output, alias: 'o', describe: 'FILE: write the builds as one history; - is stdout' },
  json: { ...flag, ...output, describe: 'print the builds as JSON' },
  csv: { ...flag, ...output, describe: 'print the builds as CSV' },
  ...talkOptions,
} as const satisfies Record<string, Options>;

type HistoryArguments = InferredOptionTypes<typeof historyOptions> & {
  readonly _: readonly (string | number)[];
};

/** Options that may be repeated. */
export const HISTORY_LISTS: readonly string[] = ['source', 'outcome'];

const describe = 'The builds of history files: listed, exported, merged, pruned.';

export const historyCommand: CommandModule<object, HistoryArguments> = {
  command: 'history',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan history FILE… [options]\n\n${describe}\n\nFILE: what debplan learn and debplan measure have written; several are read as one; - is stdin`,
      )
      .options(historyOptions)
      .example('$0 history history.jsonl --source openssl --outcome built', '')
      .example('$0 history a.jsonl b.jsonl -o both.jsonl', '')
      .example('$0 history history.jsonl --prune --keep 5 --before 2026-01-01', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const request = {
      ...args,
      paths: args._.slice(1).map(String),
      source: commas(args.source),
      arch: commas(args.arch),
      builder: commas(args.builder),
      outcome: commas(args.outcome),
      dryRun: args['dry-run'],
    };
    const answer = await debplan.answerHistory(request, styleFor(process.stdout));
    await printDiagnostics(answer.diagnostics, args, new Map());
    process.stdout.write(answer.text);
    process.exitCode = answer.exitCode;
  },
};

function commas(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts?.flatMap((given) => given.split(','));
}
