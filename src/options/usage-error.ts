import { UserError } from '../base/diagnostic.ts';

/** A command line that can't be followed. */
export function usage(message: string, hint: string): UserError {
  return new UserError([{ code: 'usage', severity: 'error', message, hint }]);
}

/** @param given the option with the name */
export function unknownArchitecture(given: string): UserError {
  return usage(
    `${given}: Debian knows no such architecture`,
    'architectures are called amd64, arm64, armhf, …',
  );
}
