import type { CommandModule, InferredOptionTypes, Options } from 'yargs';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const building = { group: 'Running builds:' } as const;
const drawing = { group: 'Drawings:' } as const;
const output = { group: 'Output:' } as const;

const emitOptions = {
  format: {
    ...text,
    ...output,
    array: true,
    describe: 'what to write: make,gitlab,…; all: everything; repeatable; --list says what there is',
  },
  output: {
    ...text,
    ...output,
    alias: 'o',
    describe: 'DIR: the folder to write to; without it, or with -, a single file goes to stdout',
  },
  list: { type: 'boolean', default: false, describe: 'print the formats and what each is for', ...output },
  'builder-command': {
    ...text,
    ...building,
    describe: "COMMAND: builds one unit; without it 'sbuild --dist={suite} {sbuild-options} {dsc}'",
  },
  suite: { ...text, ...building, describe: "the distribution's codename for {suite}; without it unstable" },
  select: {
    ...text,
    ...drawing,
    array: true,
    describe: 'NAME: dot, mermaid, graphml, graphlib show these sources or builds only; repeatable',
  },
  depth: { ...text, ...drawing, describe: 'N: and their neighbours so many steps away; without it 1' },
} as const satisfies Record<string, Options>;

type EmitArguments = InferredOptionTypes<typeof emitOptions> & {
  readonly _: readonly (string | number)[];
};

/** Options that may be repeated. */
export const EMIT_LISTS: readonly string[] = ['format', 'select'];

const describe = 'The plan for what runs it or shows it: order files, make, CI pipelines, graphs.';

export const emitCommand: CommandModule<object, EmitArguments> = {
  command: 'emit',
  describe,
  builder: (command) =>
    command
      .usage(
        `debplan emit PLAN --format NAME [options]\n\n${describe}\n\nPLAN: a file that debplan plan has written; - is stdin`,
      )
      .options(emitOptions)
      .example('$0 emit --list', '')
      .example('$0 emit plan.json --format csv', 'prints a table for a spreadsheet')
      .example('$0 emit plan.json --format text,markdown -o out', '')
      .example('$0 emit plan.json --format dot --select hello', 'what hello waits for, and what for it'),
  handler: async (args) => {
    const debplan = await import('../src/internal.ts');
    const answer = await debplan.answerEmit({
      ...args,
      paths: args._.slice(1).map(String),
      formats: args.format?.flatMap((given) => given.split(',')),
      select: args.select?.flatMap((given) => given.split(',')),
      builderCommand: args['builder-command'],
    });
    process.stdout.write(answer);
  },
};
