import type { CommandModule } from 'yargs';

interface HelpNotes {
  /** When the exit code is 1; null: never. */
  readonly no: string | null;
  /** Variables that count beside those of every command. */
  readonly environment?: string;
  /** Commands that come before or after. */
  readonly seeAlso: readonly string[];
}

const APT = 'APT_CONFIG: the configuration of apt that --apt reads';

/** What the help of each command ends with. */
const NOTES: Readonly<Record<string, HelpNotes>> = {
  plan: {
    no: 'a cycle has no way out (--partial: 0)',
    environment: APT,
    seeAlso: ['check', 'cycles', 'report', 'emit'],
  },
  check: { no: "something can't be built", environment: APT, seeAlso: ['install-set', 'plan'] },
  cycles: {
    no: 'a cycle has no way out, or a file is not as --lint wants it',
    environment: APT,
    seeAlso: ['why', 'plan'],
  },
  graph: { no: null, environment: APT, seeAlso: ['why', 'cycles', 'emit'] },
  why: { no: 'A does not wait for B', environment: APT, seeAlso: ['graph', 'cycles'] },
  'install-set': { no: "the source can't be built", environment: APT, seeAlso: ['check', 'why'] },
  explain: { no: null, environment: APT, seeAlso: ['history', 'accuracy'] },
  accuracy: { no: 'the history has no build to look at', environment: APT, seeAlso: ['history', 'explain'] },
  simulate: { no: null, seeAlso: ['plan', 'bench', 'advise', 'compare'] },
  bench: {
    no: 'a condition of --fail-if is met',
    environment: APT,
    seeAlso: ['plan', 'simulate', 'compare', 'report'],
  },
  advise: { no: null, seeAlso: ['plan', 'simulate'] },
  emit: { no: null, seeAlso: ['plan', 'report'] },
  compare: { no: 'a condition of --fail-if is met', seeAlso: ['plan', 'report', 'simulate'] },
  report: { no: null, seeAlso: ['plan', 'compare', 'emit'] },
  learn: { no: 'no build is told of', seeAlso: ['history', 'measure', 'plan'] },
  history: { no: 'no build is left', seeAlso: ['learn', 'measure', 'accuracy'] },
  measure: {
    no: null,
    environment: 'DEB_HOST_ARCH, DEB_BUILD_PROFILES, DEB_BUILD_OPTIONS: what is built, as the build is told',
    seeAlso: ['learn', 'history'],
  },
  run: {
    no: 'something was not built',
    environment: 'SUDO_USER: who builds for root',
    seeAlso: ['plan', 'report', 'history'],
  },
  next: { no: null, seeAlso: ['plan', 'run', 'emit'] },
  completion: { no: null, seeAlso: ['plan'] },
};

/** The command with what every command's help ends with: exit codes, environment, other commands. */
export function withNotes<U>(module: CommandModule<object, U>): CommandModule<object, U> {
  const { builder } = module;
  if (typeof builder !== 'function') return module;
  return {
    ...module,
    builder: async (parser) => (await builder(parser)).epilogue(notesOf(String(module.command))),
  };
}

function notesOf(command: string): string {
  const notes = NOTES[command];
  if (notes === undefined) throw new Error(`BUG: the help of ${command} has no notes`);
  const { no, environment, seeAlso } = notes;
  const exit = [
    '0 done',
    ...(no === null ? [] : [`1 ${no}`]),
    '2 usage or unreadable input',
    '70 a bug of debplan',
  ];
  // measure ends as its build does, and says so itself
  const codes = command === 'measure' ? [] : [`Exit codes: ${exit.join('; ')}; 130 interrupted`];
  const colour = 'NO_COLOR, FORCE_COLOR: colour; CI: no progress';
  return [
    ...codes,
    `Environment: ${[...(environment === undefined ? [] : [environment]), colour].join('; ')}`,
    `See also: ${seeAlso.map((name) => `debplan ${name}`).join(', ')}`,
  ].join('\n');
}
