import { join } from 'node:path';
import type { CommandTemplate, TemplatePiece } from '../../emit/command/parse-template.ts';
import {
  placeholderValues,
  type PlaceholderName,
  type PlaceholderValue,
} from '../../emit/command/placeholders.ts';
import { quoteShell } from '../../emit/command/quote-shell.ts';
import type { Attempt } from '../attempt.ts';
import { asUser } from './as-user.ts';
import type { Backend, BuildRequest } from './backend.ts';
import { buildEnvironment } from './build-environment.ts';

/** Any command of the user's: `--builder-command`. */
export const commandBackend: Backend = {
  describe: 'any command, with places for what is built',
  holds: ({ template }) => (makesChroot(template) ? 'chroot' : 'build'),
  livesInNamespace: ({ template }) => !comesAsAnother(template),
  comesAsOthers: false,
  files: () => [],
  build: (request) => {
    const { attempt, settings, user } = request;
    const { script, args } = shellCommand(settings.template, valuesOf(request));
    return {
      ...asUser({ file: '/bin/sh', args: ['-c', script, 'debplan', ...args] }, user),
      env: buildEnvironment(request),
      cwd: join(attempt.folder, 'out'),
    };
  },
};

/** A shell script, and the words that it takes as `$1`, `$2`, … */
export interface ShellCommand {
  readonly script: string;
  readonly args: readonly string[];
}

/**
 * The command for one build: the script is the user's own text and depends on how many words a value is, never on what is in
 * them. Each word is put into a variable first, since the user's text may have positional parameters of its own.
 */
export function shellCommand(
  { pieces }: CommandTemplate,
  values: ReadonlyMap<PlaceholderName, PlaceholderValue>,
): ShellCommand {
  const args: string[] = [];
  const take = (word: string): string => `\${debplan_${String(args.push(word))}}`;
  const body = pieces
    .map((piece) => (piece.kind === 'shell' ? piece.text : fill(piece, values, take)))
    .join('');
  const taken = args.map((_, index) => `debplan_${String(index + 1)}=\${${String(index + 1)}}`);
  return { script: [...taken, 'set --', body, ''].join('\n'), args };
}

/** @param take notes a word, and gives what the shell expands to it */
function fill(
  { name, isQuoted, isTwice }: Extract<TemplatePiece, { readonly kind: 'placeholder' }>,
  values: ReadonlyMap<PlaceholderName, PlaceholderValue>,
  take: (word: string) => string,
): string {
  const value = values.get(name) ?? '';
  const words = typeof value === 'string' ? [value] : value;
  return words
    .map((word) => take(isTwice ? quoteShell(word) : word))
    .map((expansion) => (isQuoted ? expansion : `"${expansion}"`))
    .join(' ');
}

/** What the placeholders stand for: what the dispatcher decided, not what was planned; the .dsc by its path. */
function valuesOf({ attempt, settings, dsc }: BuildRequest): ReadonlyMap<PlaceholderName, PlaceholderValue> {
  const { target, slug } = attempt;
  const values = placeholderValues({ task: taskAsPlaced(attempt), target, slug, suite: settings.suite });
  return dsc === undefined ? values : new Map([...values, ['dsc', dsc]]);
}

/** The task of the plan with builder, slot and size as they came to be. */
export function taskAsPlaced({
  task,
  builder,
  slot,
  mode,
  makeJobs,
  ramDiskBytes,
}: Attempt): Attempt['task'] {
  return { ...task, builder, slot, mode, makeJobs, ramDiskBytes };
}

/** Tools that put a whole chroot where they are told to build. */
const CHROOT_TOOL = /(?:^|[\s/;&|])(?:sbuild|pbuilder|cowbuilder|pdebuild|mmdebstrap|debspawn|build-pkgs)\b/;

function makesChroot(template: CommandTemplate): boolean {
  return names(template, CHROOT_TOOL);
}

/** Tools that become another user, which a namespace of one user has not. Those of chroots do so too. */
const USER_TOOL = /(?:^|[\s/;&|])(?:sudo|doas|su|runuser|pkexec|newuidmap|schroot|podman|buildah)\b/;

function comesAsAnother(template: CommandTemplate): boolean {
  return names(template, CHROOT_TOOL) || names(template, USER_TOOL);
}

function names({ pieces }: CommandTemplate, tools: RegExp): boolean {
  return pieces.some((piece) => piece.kind === 'shell' && tools.test(piece.text));
}
