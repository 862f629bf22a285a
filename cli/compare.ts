import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { styleFor } from './report.ts';

const text = { type: 'string', array: true, requiresArg: true } as const satisfies Options;
const flag = { type: 'boolean', default: false, group: 'Output:' } as const satisfies Options;

const compareOptions = {
  arch: {
    ...text,
    group: 'What to compare:',
    describe: 'amd64,arm64: the architectures of a plan with more; one: of two plans only that',
  },
  'fail-if': {
    ...text,
    group: 'Guarding:',
    describe:
      "exit with 1 if the right is such: 'makespan>+5%', 'gap>10%', 'ram-peak>+2GiB', 'lost>0'; repeatable",
  },
  all: { ...flag, describe: 'everything that differs, instead of what fits a screen' },
  json: { ...flag, describe: 'print the answer as JSON, with everything in it' },
  markdown: { ...flag, describe: 'print the answer as Markdown, for a merge request' },
} as const satisfies Record<string, Options>;

type CompareArguments = InferredOptionTypes<typeof compareOptions> & {
  readonly _: readonly (string | number)[];
};

/** Options that may be repeated. */
export const COMPARE_LISTS: readonly string[] = ['arch', 'fail-if'];

const describe = 'Two plans, or two architectures of one: which takes longer, what differs, and why.';

const CONDITIONS = [
  'The first plan is the left, the second the right; of one plan its first architecture is the left. A condition of --fail-if is METRIC>LIMIT, with >, >=, < or <=: a limit with a sign is a change from left to right (+5%, -10m, +2GiB, +0), one without is the value on the right (2h, 64GiB, 10%). Durations and sizes need a unit, 0 alone does not. Of shares +5% means 5 points.',
  'Metrics: makespan, bound, work (durations); gap, slot-use, ram-use (shares); ram-peak, ram-disk (sizes); builders, slots, builds, disk-builds, extra-builds, critical-builds, left-out (all that is not built), not-for-arch (those of them that are not meant for the architecture), breaks; without a sign lost, gained, changed: units on the left only, on the right only, planned otherwise',
].join('\n\n');

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan compare PLAN [PLAN2] [options]\n\n${describe}\n\nPLAN: a file that debplan plan has written; - is stdin\n\n` +
          CONDITIONS,
      )
      .options(compareOptions)
      .example('$0 compare plan.json', 'its two architectures')
      .example('$0 compare before.json after.json', '')
      .example("$0 compare before.json after.json --fail-if 'makespan>+5%' --fail-if 'lost>0'", ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const { text: answer, failed } = await debplan.answerComparison(
      {
        ...args,
        paths: args._.slice(1).map(String),
        architectures: args.arch?.flatMap((given) => given.split(',')),
        failIf: args['fail-if'],
      },
      styleFor(process.stdout),
    );
    process.stdout.write(answer);
    for (const message of failed)
      process.stderr.write(`${styleFor(process.stderr).red('failed:')} ${message}\n`);
    process.exitCode = Number(failed.length > 0);
  },
};
