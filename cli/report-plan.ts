import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import type { Diagnostic } from '../src/internal.ts';
import { printDiagnostics } from './report.ts';

const reportOptions = {
  bench: {
    type: 'string',
    requiresArg: true,
    group: 'Input:',
    describe: 'FILE: what debplan bench has measured: its --history, or its --json',
  },
  output: {
    type: 'string',
    requiresArg: true,
    alias: 'o',
    group: 'Output:',
    describe: 'FILE: where the report goes; - is stdout; without it report.html',
  },
} as const satisfies Record<string, Options>;

type ReportArguments = InferredOptionTypes<typeof reportOptions> & {
  readonly _: readonly (string | number)[];
};

const describe = 'One HTML file to look at plans with: when and where each build runs, and why not earlier.';

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan report PLAN… [options]\n\n${describe} It needs no network and nothing beside it; two plans, or the architectures of one, are compared too.\n\nPLAN: a file that debplan plan has written; - is stdin`,
      )
      .options(reportOptions)
      .example('$0 report plan.json', 'writes report.html')
      .example('$0 report old.json new.json -o new.html', 'what a change makes of a plan')
      .example('$0 report plan.json --bench bench.jsonl', 'with how good it is, night by night')
      .example('$0 plan … --json | $0 report - -o plan.html', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const found: Diagnostic[] = [];
    const request = { ...args, paths: args._.slice(1).map(String) };
    const answer = await debplan.answerReport(request, (diagnostic) => found.push(diagnostic));
    await printDiagnostics(found, { 'all-warnings': true, quiet: false }, new Map());
    process.stdout.write(answer);
  },
};
