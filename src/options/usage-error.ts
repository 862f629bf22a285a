import { UserError } from '../base/diagnostic.ts';
import { isArchitecture, nearestArchitecture } from '../debian/architecture.ts';

/** A command line that can't be followed. */
export function usage(message: string, hint: string): UserError {
  return new UserError([{ code: 'usage', severity: 'error', message, hint }]);
}

/** @param given the option with what stands there */
export function unknownArchitecture(given: string, arch: string): UserError {
  const near = nearestArchitecture(arch);
  return usage(
    `${given}: Debian knows no such architecture`,
    near === undefined || !isArchitecture(near)
      ? 'architectures are called amd64, arm64, armhf, …'
      : `did you mean ${near}?`,
  );
}
