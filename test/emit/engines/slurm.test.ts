import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/emit/command/parse-template.ts';
import { slurm } from '../../../src/emit/engines/slurm.ts';
import type { Plan, PlanTask } from '../../../src/plan/plan.ts';
import { emptyPlan, planBuilder, planTask } from '../small-plan.ts';

const GIB = 2 ** 30;

/** Numbers jobs from 1 on, writes down its words, runs nothing; refuses jobs named in `refused`. */
const SBATCH = `#!/bin/sh
cd "$(dirname -- "$0")" || exit
for word; do
  case $word in --job-name=*) [ "$word" != "--job-name=$(cat refused 2>/dev/null)" ] || exit 1 ;; esac
done
echo x >>count
number=$(wc -l <count)
for word; do printf '%s\\0' "$word"; done >"job-$number"
echo "$number;somewhere"
`;
const SQUEUE = `#!/bin/sh
cat "$(dirname -- "$0")/queue"
`;

function task(id: string, given: Partial<PlanTask>): PlanTask {
  return planTask({ id, source: id, version: '1', ...given });
}

/** `c` waits for both others; `all` is built on amd64 though it is for arm64. */
const PLAN: Plan = emptyPlan(
  [
    {
      target: { arch: 'amd64', kind: 'any', profiles: [] },
      tasks: [
        task('a/amd64', { priority: 3, ramDiskBytes: 2 * GIB, memoryBytes: GIB, makeJobs: 4 }),
        task('b/amd64', { priority: 2, mode: 'disk', memoryBytes: GIB / 2 }),
        task('c/amd64', { priority: 1, needs: ['a/amd64', 'b/amd64'] }),
      ],
    },
    {
      target: { arch: 'arm64', kind: 'any', profiles: [] },
      tasks: [
        task('d/arm64', { priority: 4, ramDiskBytes: 1 }),
        task('e/arm64', { priority: 0, buildArch: 'amd64', needs: ['d/arm64'] }),
      ],
    },
  ],
  [planBuilder({ name: 'one', slots: 2 })],
);

describe("slurm's script", () => {
  let folder: string;
  let slurmFolder: string;

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'debplan-slurm-')), "a 'room' $x");
    slurmFolder = join(folder, 'slurm');
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', 'sbatch'), SBATCH, { mode: 0o755 });
    writeFileSync(join(folder, 'bin', 'squeue'), SQUEUE, { mode: 0o755 });
    writeFileSync(join(folder, 'bin', 'queue'), '');
    const options = { builderCommand: parseTemplate("printf '<%s>' {id}"), suite: 'trixie' };
    for (const { path, content, isExecutable } of slurm.emit(PLAN, options)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content, { mode: isExecutable ? 0o755 : 0o644 });
    }
  });

  afterEach(() => {
    rmSync(dirname(folder), { recursive: true });
  });

  function submit(env: Readonly<Record<string, string>> = {}): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(join(slurmFolder, 'submit'), {
      encoding: 'utf8',
      env: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, ...env },
    });
    return { status, output: stdout + stderr };
  }

  function job(number: number): readonly string[] {
    return readFileSync(join(folder, 'bin', `job-${String(number)}`), 'utf8')
      .split('\0')
      .slice(0, -1);
  }

  it('submits each build after those that it needs, the most urgent first, with what it takes', () => {
    expect(submit()).toEqual({ status: 0, output: '5 submitted, 0 still queued, 0 built already\n' });
    const always = (name: string): readonly string[] => [
      '--parsable',
      `--job-name=${name}`,
      `--chdir=${slurmFolder}`,
      `--output=log/${name}.slurm`,
    ];
    const last = ['--kill-on-invalid-dep=yes'];
    expect([1, 2, 3, 4, 5].map(job)).toEqual([
      [
        ...[...always('d.arm64'), '--cpus-per-task=1', '--mem=513', '--nice=0', ...last],
        ...['--constraint=arm64', '--gres=ramdisk:1', '--wrap=./build-unit d.arm64'],
      ],
      [
        ...[...always('a.amd64'), '--cpus-per-task=4', '--mem=3584', '--nice=1', ...last],
        ...['--constraint=amd64', '--gres=ramdisk:2048', '--wrap=./build-unit a.amd64'],
      ],
      [
        ...[...always('b.amd64'), '--cpus-per-task=1', '--mem=1024', '--nice=2', ...last],
        ...['--constraint=amd64', '--wrap=./build-unit b.amd64'],
      ],
      [
        ...[...always('c.amd64'), '--cpus-per-task=1', '--mem=512', '--nice=3', ...last],
        ...['--dependency=afterok:2:3', '--constraint=amd64', '--wrap=./build-unit c.amd64'],
      ],
      [
        ...[...always('e.arm64'), '--cpus-per-task=1', '--mem=512', '--nice=4', ...last],
        ...['--dependency=afterok:1', '--constraint=amd64', '--wrap=./build-unit e.arm64'],
      ],
    ]);
  });

  it('leaves out what is built, and what is queued still', () => {
    submit();
    writeFileSync(join(slurmFolder, 'done', 'a.amd64'), '');
    writeFileSync(join(folder, 'bin', 'queue'), '1\n3\n44\n');
    expect(submit()).toEqual({ status: 0, output: '2 submitted, 2 still queued, 1 built already\n' });
    expect(job(6)).toContain('--job-name=c.amd64');
    expect(job(6)).toContain('--dependency=afterok:3');
    expect(job(7)).toContain('--dependency=afterok:1');
  });

  it('stops when a job is refused, says which, and goes on from there', () => {
    writeFileSync(join(folder, 'bin', 'refused'), 'b.amd64');
    expect(submit()).toEqual({
      status: 1,
      output: 'b.amd64: could not be submitted; ./submit goes on from here\n',
    });
    rmSync(join(folder, 'bin', 'refused'));
    writeFileSync(join(folder, 'bin', 'queue'), '1\n2\n');
    expect(submit().output).toBe('3 submitted, 2 still queued, 0 built already\n');
  });

  it('submits nothing when the queue is not known', () => {
    rmSync(join(folder, 'bin', 'queue'));
    expect(submit().status).toBe(1);
    expect(() => job(1)).toThrow();
  });

  it('takes what differs between clusters from the environment', () => {
    const env = {
      OPTIONS: '--account=me --time=2-0',
      RAMDISK_GRES: 'tmpfs',
      DISK_LICENSE: 'diskslot',
      EXTRA_MEMORY: '0',
      CPUS: '7',
      NICE_STEP: '10',
      CONSTRAINT_amd64: '',
      PARTITION_amd64: 'two words',
    };
    submit(env);
    expect(job(2).slice(4)).toEqual([
      ...[
        '--cpus-per-task=7',
        '--mem=3072',
        '--nice=10',
        '--kill-on-invalid-dep=yes',
        '--partition=two words',
      ],
      ...['--gres=tmpfs:2048', '--account=me', '--time=2-0', '--wrap=./build-unit a.amd64'],
    ]);
    expect(job(3)).toContain('--licenses=diskslot:1');
  });

  it('has jobs that build', () => {
    submit();
    const { status } = spawnSync('/bin/sh', ['-c', job(2).at(-1)?.replace('--wrap=', '') ?? ''], {
      cwd: slurmFolder,
    });
    expect(status).toBe(0);
    expect(readFileSync(join(slurmFolder, 'log', 'a.amd64.log'), 'utf8')).toBe('<a/amd64>');
    expect(submit().output).toBe('4 submitted, 0 still queued, 1 built already\n');
  });
});
