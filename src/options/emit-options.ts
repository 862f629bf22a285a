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
}

export interface ResolvedEmitOptions {
  /** At least one, in the order in which they were asked for. */
  readonly formats: readonly EmitFormat[];
  readonly options: EmitOptions;
}

/** All formats, in the order of the registry. */
export const EMIT_FORMATS: readonly EmitFormat[] = Object.keys(EMITTERS).filter(isFormat);

const DEFAULT_SUITE = 'unstable';

/** Fills what outputs are made with. @throws UserError for an unknown format and for a command that can't be filled */
export function resolveEmitOptions(raw: RawEmitOptions): ResolvedEmitOptions {
  const { formats = [], builderCommand = DEFAULT_BUILDER_COMMAND, suite = DEFAULT_SUITE } = raw;
  if (formats.length === 0)
    throw usage('no format is named', `debplan emit plan.json --format NAME; ${theFormats()}`);
  return {
    formats: [...new Set(formats.flatMap(formatsOf))],
    options: { builderCommand: parseTemplate(builderCommand), suite },
  };
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
