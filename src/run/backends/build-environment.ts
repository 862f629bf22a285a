import { join } from 'node:path';
import type { BuildRequest } from './backend.ts';

/** Build profiles that are options of DEB_BUILD_OPTIONS too: what a package heeds is one or the other. @see Debian Policy 4.9.1 */
const PROFILES_THAT_ARE_OPTIONS: readonly string[] = ['nocheck', 'nodoc'];

/**
 * The environment of a build: the runner's, with what debplan tells the builder. Messages are in English, since the reasons
 * of failures are read from them.
 */
export function buildEnvironment(request: BuildRequest): Readonly<Record<string, string>> {
  const { attempt, workFolder, user, environment } = request;
  const { task, target, folder, makeJobs, extraPackages } = attempt;
  const inherited = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !entry[0].startsWith('DEBPLAN_') && entry[0] !== 'LANGUAGE',
  );
  const profiles = task.profiles ?? target.profiles;
  const options = new Set([
    ...(environment['DEB_BUILD_OPTIONS'] ?? '')
      .split(/\s+/)
      .filter((word) => !/^(?:parallel=.*)?$/.test(word)),
    ...PROFILES_THAT_ARE_OPTIONS.filter((name) => profiles.includes(name)),
    `parallel=${String(makeJobs)}`,
  ]);
  return {
    ...Object.fromEntries(inherited),
    PATH: environment['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C.UTF-8',
    ...(user === undefined ? {} : { HOME: user.home, USER: user.name, LOGNAME: user.name, SHELL: '/bin/sh' }),
    DEB_BUILD_OPTIONS: [...options].join(' '),
    ...(workFolder === undefined ? {} : { DEBPLAN_WORK: workFolder }),
    DEBPLAN_OUT: join(folder, 'out'),
    DEBPLAN_EXTRA_PACKAGES: extraPackages ?? '',
    DEBPLAN_TASK: task.id,
    DEBPLAN_ATTEMPT: String(attempt.number),
    DEBPLAN_JOBS: String(makeJobs),
  };
}
