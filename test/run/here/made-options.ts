import { readFileSync } from 'node:fs';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import type { HereOptions } from '../../../src/run/here/here-options.ts';
import { workFolder } from '../../../src/run/work-folder.ts';

/** How a shell command is run in a work folder; on disk and without limits, if nothing else is said. */
export function madeOptions(root: string, command: string, given: Partial<HereOptions> = {}): HereOptions {
  return {
    work: workFolder(root),
    settings: {
      ...{ backend: 'command', suite: 'bookworm', template: parseTemplate(command) },
      sbuild: { mode: 'unshare', chroots: new Map(), args: [] },
    },
    limits: { timeoutMs: undefined, idleTimeoutMs: undefined, maxLogBytes: 2 ** 20 },
    sourceOf: () => Promise.resolve(undefined),
    user: undefined,
    ramDirectory: undefined,
    machine: { isRoot: false, mounts: 'not tried', namespaces: 'not tried', isolates: false },
    transientPatterns: [],
    keepsFolders: false,
    environment: { PATH: process.env['PATH'] },
    clock: () => Date.now(),
    report: (diagnostic) => {
      throw new Error(diagnostic.message);
    },
    ...given,
  };
}

/** What a build does to be hard to end: other sessions, other parents, deaf ears. Then `out` holds `ready`. */
export const CLINGS = [
  `setsid sh -c 'trap "" TERM HUP INT; echo $$ >"$DEBPLAN_OUT/session"; while :; do sleep 1; done' &`,
  `(setsid setsid sh -c 'trap "" TERM; (sh -c "echo \\$\\$ >\\"\\$DEBPLAN_OUT/twice\\"; exec sleep 1000" &)' &)`,
  `until [ -s "$DEBPLAN_OUT/session" ] && [ -s "$DEBPLAN_OUT/twice" ]; do sleep 0.01; done`,
  ': >"$DEBPLAN_OUT/ready"',
].join('\n');

/** Whether the process that has written its number into a file still runs. One that its parent has not looked for yet doesn't. */
export function runs(file: string): boolean {
  const stat = `/proc/${readFileSync(file, 'utf8').trim()}/stat`;
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(stat, 'utf8'));
  } catch {
    return false;
  }
}
