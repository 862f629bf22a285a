import { join } from 'node:path';
import { PLACEHOLDER_NAMES, PLACEHOLDERS } from './emit/command/placeholders.ts';
import { selectPlan } from './emit/drawings/select-plan.ts';
import type { EmittedFile } from './emit/emitter.ts';
import { EMITTERS } from './emit/emitters.ts';
import { textTable } from './emit/text-table.ts';
import { refuseOverwriting } from './io/read-places.ts';
import { readTextFile } from './io/read-text.ts';
import { writeFilesAtomically } from './io/write-output.ts';
import {
  EMIT_FORMATS,
  resolveEmitOptions,
  type RawEmitOptions,
  type ResolvedEmitOptions,
} from './options/emit-options.ts';
import { usage } from './options/usage-error.ts';
import type { Plan } from './plan/plan.ts';
import { problemOfPlan } from './plan/problem-of-plan.ts';
import { readPlan } from './plan/read-plan.ts';

/** What is asked of `debplan emit`. */
export interface EmitRequest extends RawEmitOptions {
  /** Exactly one plan file, `-` is standard input; with `list` none is needed. */
  readonly paths: readonly string[];
  /** The folder; `-` or missing: stdout, where there is a single file. */
  readonly output?: string | undefined;
  /** Only say which formats there are. */
  readonly list: boolean;
}

/**
 * The answer of `debplan emit`: writes the files.
 * @returns what goes to stdout: the file itself, or the paths of those that were written, one a line
 * @throws UserError for requests that can't be met, plans that can't be used, and files that can't be written
 */
export async function answerEmit({ paths, output = '-', list, ...raw }: EmitRequest): Promise<string> {
  if (list) return listFormats();
  const resolved = resolveEmitOptions(raw);
  const [path, more] = paths;
  if (path === undefined) throw usage('no plan is named', 'debplan emit plan.json --format make -o build');
  if (more !== undefined) throw usage(`one plan at a time: ${paths.join(' and ')}`, 'leave one out');
  const { name, text } = await readTextFile(path);
  const plan = readPlan(text, name);
  problemOfPlan(plan, name); // outputs rely on what it checks: needs that exist, before what needs them
  const files = emitFiles(plan, resolved);
  if (output === '-') return onlyFile(files).content;
  for (const file of files) refuseOverwriting('-o', join(output, file.path));
  await writeFilesAtomically(files.map((file) => ({ ...file, path: join(output, file.path) })));
  return files.map((file) => `${join(output, file.path)}\n`).join('');
}

/**
 * The files of all formats that were asked for. Pure. @throws UserError where the plan has not what is selected
 * @example
 * const plan = readPlan(await readFile('plan.json', 'utf8'), 'plan.json');
 * const files = emitFiles(plan, resolveEmitOptions({ formats: ['csv'] }));
 * files.map(({ path }) => path); // → ['builds.csv']
 */
export function emitFiles(
  plan: Plan,
  { formats, options, selection }: ResolvedEmitOptions,
): readonly EmittedFile[] {
  const shown = selection === undefined ? plan : selected(plan, selection);
  const files = formats.flatMap((format) => EMITTERS[format].emit(shown, options));
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path)) throw new Error(`BUG: two of ${formats.join(', ')} write ${path}`);
    if (!isBelow(path)) throw new Error(`BUG: ${path} is not below the output folder`);
    paths.add(path);
  }
  return files;
}

function selected(plan: Plan, { names, depth }: NonNullable<ResolvedEmitOptions['selection']>): Plan {
  const found = selectPlan(plan, names, depth);
  if (found.kind === 'plan') return found.plan;
  throw usage(
    `--select: there is no '${found.name}' in the plan`,
    found.near === undefined ? 'name sources, or builds by their ids' : `did you mean ${found.near}?`,
  );
}

function isBelow(path: string): boolean {
  return (
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !path.includes('\0')
  );
}

function onlyFile(files: readonly EmittedFile[]): EmittedFile {
  const [file, ...others] = files;
  if (file !== undefined && others.length === 0) return file;
  throw usage(
    `these are ${String(files.length)} files, and stdout takes one`,
    'name a folder for them, such as -o build',
  );
}

function listFormats(): string {
  const formats = EMIT_FORMATS.map((format) => [`  ${format}`, EMITTERS[format].describe]);
  const placeholders = PLACEHOLDER_NAMES.map((name) => [`  {${name}}`, PLACEHOLDERS[name].describe]);
  const lines = [
    'formats:',
    ...textTable(formats, []),
    '',
    'what --builder-command may hold, quoted for the shell whatever is in it:',
    ...textTable(placeholders, []),
    '  {{ and }} are braces; {NAME:q} is quoted twice, for a command that hands it to another shell, such as ssh',
  ];
  return lines.map((line) => `${line}\n`).join('');
}
