import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';
import { printDiagnostics, styleFor } from './report.ts';

const output = { group: 'Output:' } as const;
const follow = { group: 'Following:' } as const;

const nextOptions = {
  state: {
    type: 'string',
    requiresArg: true,
    describe:
      'FILE: what is finished, failed and running: debplan/state@1, or journal.jsonl of a run; - is stdin; without it nothing has begun',
    group: 'Input:',
  },
  follow: {
    type: 'boolean',
    default: false,
    describe:
      'answer each event that is read from stdin, {"event":"finished","id":"libfoo"}, with one JSON document a line',
    ...follow,
  },
  confirm: {
    type: 'boolean',
    default: false,
    describe: 'name a build again until {"event":"started"} says that it runs; without it once',
    ...follow,
  },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', ...output },
  quiet: talkOptions.quiet,
} as const satisfies Record<string, Options>;

type NextArguments = InferredOptionTypes<typeof nextOptions> & {
  readonly _: readonly (string | number)[];
};

const describe = 'Which builds of a plan may start now, where, and what is held back for what.';

export const nextCommand: CommandModule<object, NextArguments> = {
  command: 'next',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan next PLAN [--state FILE] [options]\n\n${describe}\n\nPLAN: a file that debplan plan has written; - is stdin`,
      )
      .options(nextOptions)
      .example('$0 next plan.json', 'what to begin with')
      .example('$0 next plan.json --state state.json --json', 'what a build loop of your own may start')
      .example('$0 next plan.json --follow', 'a process that such a loop talks to'),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const request = { ...args, paths: args._.slice(1).map(String) };
    if (args.follow) return followEvents(request);
    const { text, warnings } = await debplan.answerNext(request, styleFor(process.stdout), Date.now());
    await printDiagnostics(warnings, { 'all-warnings': false, quiet: args.quiet }, new Map());
    process.stdout.write(text);
  },
};

async function followEvents(request: NextArguments & { readonly paths: readonly string[] }): Promise<void> {
  const [{ followNext }, { createInterface }] = await Promise.all([
    import('../src/internal.ts'),
    import('node:readline'),
  ]);
  const { answerLine, warnings } = await followNext(request, () => Date.now());
  await printDiagnostics(warnings, { 'all-warnings': false, quiet: request.quiet }, new Map());
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity }))
    if (line.trim() !== '') process.stdout.write(`${answerLine(line)}\n`);
}
