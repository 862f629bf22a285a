import type { CommandModule, InferredOptionTypes, Options } from 'yargs';
import { talkOptions } from './input-options.ts';
import { printDiagnostics, styleFor } from './report.ts';

const text = { type: 'string', requiresArg: true } as const satisfies Options;
const place = { group: 'Where it builds:' } as const;
const what = { group: 'What it builds:' } as const;
const output = { group: 'Output:' } as const;

const measureOptions = {
  ram: {
    ...text,
    ...place,
    describe: 'DIR: a RAM disk (tmpfs), measured as a whole: one build at a time on it',
  },
  folder: { ...text, ...place, describe: 'DIR: a folder, measured by walking through it' },
  holds: {
    ...text,
    ...place,
    choices: ['chroot', 'build'] as const,
    describe: 'what lies there; without it chroot for sbuild and its like, else build',
  },
  interval: { ...text, ...place, describe: 'TIME: how often to look; without it 50ms' },
  source: { ...text, ...what, describe: 'NAME=VERSION; without it as the .dsc or source tree says' },
  arch: { ...text, ...what, describe: "architecture; without it as the command says, else this machine's" },
  builder: { ...text, ...what, describe: "NAME of the machine; without it this machine's" },
  'make-jobs': { ...text, ...what, describe: 'N; without it as DEB_BUILD_OPTIONS says' },
  history: { ...text, ...output, describe: 'FILE: add a record of the build to this history' },
  json: {
    type: 'boolean',
    default: false,
    ...output,
    describe: "print what it took as JSON; the command's own stdout goes to stderr",
  },
  quiet: { ...talkOptions.quiet, describe: 'print errors only, not what it took' },
} as const satisfies Record<string, Options>;

type MeasureArguments = InferredOptionTypes<typeof measureOptions> & {
  readonly _: readonly (string | number)[];
};

const describe = 'Run a build, and record the most RAM disk and memory that it takes, its time and its end.';
const EXIT_CODES =
  "Exit codes: the command's own (128 + n: ended by signal n), 127 there is no such command, 126 it can't be run, 2 usage.";

export const measureCommand: CommandModule<object, MeasureArguments> = {
  command: 'measure',
  describe,
  builder: (command) =>
    command
      .usage(`debplan measure [options] -- COMMAND…\n\n${describe}`)
      .options(measureOptions)
      .example('$0 measure --ram /RAM --history history.jsonl -- sbuild -d bookworm hello_2.10-3.dsc', '')
      .example('$0 measure --folder .. --history history.jsonl -- dpkg-buildpackage -b', '')
      .epilogue(EXIT_CODES),
  handler: async ({ _: words, 'make-jobs': makeJobs, quiet, ...args }) => {
    const { measureBuild } = await import('../src/internal.ts');
    const request = { ...args, makeJobs, command: words.slice(1).map(String), env: process.env };
    const answer = await measureBuild(request, styleFor(process.stderr));
    const { exitCode, document, text, diagnostics, unsaved } = answer;
    if (!quiet) process.stderr.write(text);
    await printDiagnostics(diagnostics, { 'all-warnings': true, quiet }, new Map());
    process.stderr.write(unsaved);
    if (document !== '') process.stdout.write(document); // nothing is nothing, even where nothing can be written
    process.exitCode = exitCode;
  },
};
