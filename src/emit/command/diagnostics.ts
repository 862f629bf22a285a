import { UserError } from '../../base/diagnostic.ts';

/** A builder command that can't be used: why, and what to type instead. */
export function badCommand(message: string, hint: string): UserError {
  return new UserError([
    { code: 'builder-command', severity: 'error', message: `--builder-command: ${message}`, hint },
  ]);
}
