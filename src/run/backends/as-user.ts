import type { BuildUser } from './backend.ts';
import type { BuildCommand } from './build-command.ts';

/** The command as another user, with the groups of that user. setpriv makes no session, and no process that waits. */
export function asUser(
  { file, args }: Pick<BuildCommand, 'file' | 'args'>,
  user: BuildUser | undefined,
): Pick<BuildCommand, 'file' | 'args'> {
  if (user === undefined) return { file, args };
  const switches = [`--reuid=${String(user.uid)}`, `--regid=${String(user.gid)}`, '--init-groups'];
  return { file: 'setpriv', args: [...switches, '--', file, ...args] };
}
