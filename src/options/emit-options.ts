import { nearestName } from '../base/nearest-name.ts';
import { DEFAULT_BUILDER_COMMAND, parseTemplate } from '../emit/command/parse-template.ts';
import type { EmitOptions } from '../emit/emitter.ts';
import { EMITTERS, type EmitFormat } from '../emit/emitters.ts';
import { usage } from './usage-error.ts';

/** What is to be emitted, as texts; anything may be missing. */
export interface RawEmitOptions {
  /** Names of formats, or `all`; without doubles in the answer. */
  readonly formats?: readonly string[] | undefined;
  /** A shell command with placeholders; missing: `DEFAULT_BUILDER_COMMAND`. */
  readonly builderCommand?: string | undefined;
  /** Missing: `unstable`. */
  readonly suite?: string | undefined;
  /** Sources, or ids of builds, that drawings are to show; missing: all. */
  readonly select?: readonly string[] | undefined;
  /** How many steps of neighbours they show too; missing: 1. */
  readonly depth?: string | undefined;
}

export interface ResolvedEmitOptions {
  /** At least one, in the order in which they were asked for. */
  readonly formats: readonly EmitFormat[];
  readonly options: EmitOptions;
  /** What is drawn; undefined: the whole plan. */
  readonly selection: { readonly names: readonly string[]; readonly depth: number } | undefined;
}

/** Of these a part of the plan makes sense. */
const DRAWINGS: readonly EmitFormat[] = ['dot', 'mermaid', 'graphml', 'graphlib'];

/** All formats, in the order of the registry. */
export const EMIT_FORMATS: readonly EmitFormat[] = Object.keys(EMITTERS).filter(isFormat);

const DEFAULT_SUITE = 'unstable';

/**
 * Fills what outputs are made with. @throws UserError for an unknown format and for a command that can't be filled
 * @example
 * const { formats } = resolveEmitOptions({ formats: ['make', 'csv'] });
 * formats; // → ['make', 'csv']
 */
export function resolveEmitOptions(raw: RawEmitOptions): ResolvedEmitOptions {
  const { formats = [], builderCommand = DEFAULT_BUILDER_COMMAND, suite = DEFAULT_SUITE } = raw;
  if (formats.length === 0)
    throw usage('no format is named', `debplan emit plan.json --format NAME; ${theFormats()}`);
  const resolved = [...new Set(formats.flatMap(formatsOf))];
  return {
    formats: resolved,
    options: { builderCommand: parseTemplate(builderCommand), suite },
    selection: selectionOf(raw, resolved),
  };
}

function selectionOf(
  { select, depth }: RawEmitOptions,
  formats: readonly EmitFormat[],
): ResolvedEmitOptions['selection'] {
  if (select === undefined && depth !== undefined)
    throw usage('--depth says how far from what is selected', 'add --select NAME');
  if (select === undefined) return undefined;
  const other = formats.find((format) => !DRAWINGS.includes(format));
  if (other !== undefined)
    throw usage(
      `--select can't make a part of a plan for ${other}`,
      `it is for ${DRAWINGS.join(', ')}; debplan plan --select plans a part`,
    );
  if (depth !== undefined && !/^\d{1,4}$/.test(depth))
    throw usage(`--depth ${depth} is no number of steps`, 'such as --depth 2');
  return { names: select, depth: Number(depth ?? 1) };
}

function formatsOf(name: string): readonly EmitFormat[] {
  if (name === 'all') return EMIT_FORMATS;
  if (isFormat(name)) return [name];
  const near = nearestName(name, EMIT_FORMATS);
  throw usage(
    `--format: there is no format '${name}'`,
    near === undefined ? theFormats() : `did you mean ${near}?`,
  );
}

function isFormat(name: string): name is EmitFormat {
  return Object.hasOwn(EMITTERS, name);
}

function theFormats(): string {
  return `the formats are ${EMIT_FORMATS.join(', ')}; debplan emit --list says what each is for`;
}
