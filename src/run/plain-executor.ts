import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, AttemptEnd, StopRequest } from './attempt.ts';
import type { BuilderSettings } from './backends/backend.ts';
import { BACKENDS } from './backends/backends.ts';
import type { Executor } from './executor.ts';
import { readExit, shimCommand, takeClaim } from './shim.ts';

/** Runs builds on disk, and looks at their exit codes alone: stands in until there is a better one. */
export class PlainExecutor implements Executor {
  readonly #settings: BuilderSettings;
  readonly #stopped = new Map<string, StopRequest>();

  constructor(settings: BuilderSettings) {
    this.#settings = settings;
  }

  async run(attempt: Attempt): Promise<AttemptEnd> {
    const { folder } = attempt;
    const workFolder = join(folder, 'work');
    await mkdir(join(folder, 'out'), { recursive: true });
    await mkdir(workFolder, { recursive: true });
    const request = {
      ...{ attempt, settings: this.#settings, dsc: undefined, workFolder, user: undefined },
      environment: process.env,
    };
    const backend = BACKENDS[this.#settings.backend];
    for (const { name, content } of backend.files(request)) await writeFile(join(folder, name), content);
    const command = backend.build(request);
    const shim = shimCommand(folder, command);
    const child = spawn(shim.file, shim.args, {
      ...{ cwd: command.cwd, env: command.env, detached: true, stdio: 'ignore' },
    });
    await new Promise((resolve) => child.once('close', resolve));
    return this.#endOf(attempt);
  }

  async adopt(attempt: Attempt): Promise<AttemptEnd> {
    await mkdir(attempt.folder, { recursive: true });
    await takeClaim(attempt.folder);
    return this.#endOf(attempt);
  }

  stop(attempt: Attempt, request: StopRequest): void {
    this.#stopped.set(attempt.slug, request);
  }

  async #endOf({ folder }: Attempt): Promise<AttemptEnd> {
    const exit = await readExit(folder);
    const endedMs = exit?.endedMs ?? Date.now();
    const common = { isTransient: false, startedMs: endedMs, endedMs, measured: undefined, node: undefined };
    if (exit === undefined)
      return { ...common, outcome: 'lost', reason: 'it went away', exitCode: undefined };
    const { status: exitCode } = exit;
    if (exitCode === 0) return { ...common, outcome: 'built', reason: undefined, exitCode };
    return { ...common, outcome: 'failed', reason: `exit code ${exitCode}`, exitCode };
  }
}
