import { usage } from './usage-error.ts';

/** The name of a machine as plans take it. @throws UserError */
export function resolveBuilderName(name: string | undefined): string | undefined {
  if (name === undefined || /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return name;
  throw usage(`--builder ${name} is no builder name: letters, digits, '.', '_' and '-'`, '--builder x86-1');
}
