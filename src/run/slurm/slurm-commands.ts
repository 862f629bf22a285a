import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttemptEnd } from '../attempt.ts';
import type { BuilderSettings } from '../backends/backend.ts';
import { BACKENDS } from '../backends/backends.ts';
import type { FoundSource } from '../sources/source-store.ts';
import type { CommandOf } from './job-submitter.ts';
import type { PlanTask } from '../../plan/plan.ts';

/** What commands of builds are made of. */
export interface SlurmCommandRequest {
  readonly settings: BuilderSettings;
  /** The source of a task: all nodes see it under this name. */
  readonly sourceOf: (task: PlanTask) => Promise<FoundSource>;
  /** Of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: () => number;
}

/** Makes the command of each build, and the files that it reads; who submits a job builds. */
export function slurmCommands({ settings, sourceOf, environment, clock }: SlurmCommandRequest): CommandOf {
  const backend = BACKENDS[settings.backend];
  const handedOn = buildsWith(environment);
  return async (attempt) => {
    const source = await sourceOf(attempt.task);
    if (source.kind === 'unavailable') return unavailable(source, clock());
    const request = {
      ...{ attempt, settings, environment: handedOn, workFolder: undefined, user: undefined },
      dsc: source.kind === 'found' ? source.dsc : undefined,
    };
    await mkdir(attempt.folder, { recursive: true });
    for (const { name, content } of backend.files(request))
      await writeFile(join(attempt.folder, name), content);
    return backend.build(request);
  };
}

function unavailable(
  { reason, isTransient }: Extract<FoundSource, { readonly kind: 'unavailable' }>,
  nowMs: number,
): AttemptEnd {
  return {
    ...{ outcome: 'given-back', isTransient, reason },
    ...{ startedMs: nowMs, endedMs: nowMs, exitCode: undefined, measured: undefined, node: undefined },
  };
}

/** A node is another machine: what tells of this one's session, terminal or folders is left out. */
function buildsWith(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => HANDED_ON.test(name)));
}

const HANDED_ON =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TZ|LANG|LC_\w+|https?_proxy|ftp_proxy|no_proxy|HTTPS?_PROXY|NO_PROXY|APT_CONFIG|GNUPGHOME|(?:DEB|DH|SBUILD|SCHROOT|CCACHE|MMDEBSTRAP|FAKEROOT)\w*)$/;
