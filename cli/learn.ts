import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';
import { showProgress } from './progress.ts';
import { printDiagnostics, styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;

const learnOptions = {
  history: { ...text, describe: 'FILE: where a line is added for each build; made where it is missing' },
  builder: {
    ...text,
    array: true,
    describe: 'NAME: what plans call the machine; without it as the logs call it',
  },
  mode: { ...text, describe: 'ram or disk: where the chroots were; without it as far as the logs tell' },
  'dry-run': { type: 'boolean', default: false, describe: 'say what would be learned, and write nothing' },
  ...talkOptions,
} as const satisfies Record<string, Options>;

type LearnArguments = InferredOptionTypes<typeof learnOptions> & { readonly _: readonly (string | number)[] };

const describe = 'Durations and sizes of builds from their logs, for the history that plans estimate by.';

export const learnCommand: CommandModule<object, LearnArguments> = {
  command: 'learn',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan learn LOG… --history FILE [options]\n\n${describe}\n\nLOG: logs of sbuild, .buildinfo and .changes files, plain or compressed; folders of them; - is stdin.\nWhat tells of one build becomes one record; what the history knows is not added again.`,
      )
      .options(learnOptions)
      .example('$0 learn builds/ --history history.jsonl', '')
      .example(
        'sbuild -d bookworm hello_2.10-3.dsc && $0 learn . --history ~/history.jsonl --builder x86-1',
        '',
      ),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const request = { ...args, paths: args._.slice(1).map(String), dryRun: args['dry-run'] };
    const show = await showProgress(args);
    const onFile = (done: number, total: number): void => {
      show({ doing: 'reading', done, total, noun: 'files' });
    };
    const answer = await debplan.answerLearn(request, styleFor(process.stdout), onFile);
    await printDiagnostics(answer.diagnostics, args, answer.paths);
    process.stdout.write(answer.text);
    process.exitCode = answer.exitCode;
  },
};
