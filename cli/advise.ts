import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const host = { group: 'Host:' } as const;
const choices = { group: 'What to choose from:' } as const;

const adviseOptions = {
  memory: {
    ...text,
    ...host,
    describe: 'SIZE: memory that builds may use, RAM disk and compilers together: 128GiB',
  },
  cores: { ...text, ...host, describe: 'N: processors; slots × make jobs are never more' },
  'memory-per-job': {
    ...text,
    ...host,
    describe: 'SIZE: what compilers take for each make job, where the plan has no figure; without it 1GiB',
  },
  'disk-factor': {
    ...text,
    ...host,
    describe: "how many times longer a build takes on disk than in RAM; without it the plan's",
  },
  arch: {
    ...text,
    ...choices,
    array: true,
    describe: 'of the plan these architectures only; each has such a host for itself',
  },
  slots: { ...text, ...choices, describe: 'N,N,…: builds at once; without it all that the cores allow' },
  jobs: { ...text, ...choices, describe: 'N,N,…: make jobs of a build; without it all that the cores allow' },
  json: { type: 'boolean', default: false, describe: 'print the answer as JSON', group: 'Output:' },
} as const satisfies Record<string, Options>;

type AdviseArguments = InferredOptionTypes<typeof adviseOptions> & {
  readonly _: readonly (string | number)[];
};

const describe = 'How to set up a host for a plan: slots, make jobs, how large a RAM disk, which chroots.';

export const adviseCommand: CommandModule<object, AdviseArguments> = {
  command: 'advise',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan advise PLAN --memory SIZE --cores N [options]\n\n${describe}\n\nPLAN: a file that debplan plan has written; - is stdin`,
      )
      .options(adviseOptions)
      .example('$0 advise plan.json --memory 128GiB --cores 32', '')
      .example('$0 advise plan.json --memory 64GiB --cores 16 --arch arm64 --jobs 4', ''),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const request = {
      ...args,
      paths: args._.slice(1).map(String),
      memoryPerJob: args['memory-per-job'],
      diskFactor: args['disk-factor'],
    };
    process.stdout.write(await debplan.answerAdvice(request, styleFor(process.stdout)));
  },
};
