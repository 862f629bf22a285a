import { describe, expect, it } from 'vitest';
import { resolveSlurmOptions } from '../../../src/options/slurm-options.ts';
import { parseConfig, parseNodes, placeOn } from '../../../src/run/slurm/cluster.ts';
import { parseAccounts, parseCompletions, parseQueue } from '../../../src/run/slurm/seen-job.ts';
import { readSubmitAnswer } from '../../../src/run/slurm/submit-answer.ts';

const NODES = parseNodes('8|ramdisk:6K,gpu:1|amd64,tmpfs\n4+|(null)|arm64\n');
const CONFIG = parseConfig(`Configuration data as of 2026-11-23T13:42:02
AccountingStorageType   = accounting_storage/none
JobCompLoc              = /var/log/slurm/jobcomp
JobCompType             = jobcomp/filetxt
MaxJobCount             = 10000
`);
const CLUSTER = { ...CONFIG, nodes: NODES };

describe('what Slurm says of itself', () => {
  it('is read from scontrol and sinfo', () => {
    expect(CONFIG).toEqual({
      ...{ maxJobCount: 10_000, completionFile: '/var/log/slurm/jobcomp', hasAccounting: false },
    });
    expect(NODES).toEqual([
      { cpus: 8, gres: ['ramdisk', 'gpu'], features: ['amd64', 'tmpfs'] },
      { cpus: 4, gres: [], features: ['arm64'] },
    ]);
    expect(
      parseConfig('MaxJobCount = (null)\nAccountingStorageType = accounting_storage/slurmdbd\n'),
    ).toEqual({
      ...{ maxJobCount: undefined, completionFile: undefined, hasAccounting: true },
    });
  });

  it('tells where builds go: by architecture as a feature, with the generic resource, in a window', () => {
    const placing = placeOn(CLUSTER, ['amd64', 'arm64'], resolveSlurmOptions({}));
    expect(placing).toMatchObject({
      ...{ ramDisk: { kind: 'gres', name: 'ramdisk' }, mostCpus: 8, window: 1000, anywhere: [] },
    });
    expect(placing.constraintOf('arm64')).toBe('arm64');
    expect(placing.partitionOf('arm64')).toBeUndefined();
  });

  it('is refused as a place for two architectures where no node says which is which, until somebody does', () => {
    const plain = { ...CLUSTER, maxJobCount: 50, nodes: parseNodes('2|(null)|(null)\n') };
    const placed = placeOn(plain, ['amd64', 'arm64'], resolveSlurmOptions({}));
    expect(placed).toMatchObject({ anywhere: ['amd64', 'arm64'], ramDisk: { kind: 'none' }, window: 25 });
    expect(placeOn(plain, ['amd64'], resolveSlurmOptions({})).anywhere).toEqual([]);
    const guided = resolveSlurmOptions({ slurmPartition: ['arm64=arm'], slurmConstraint: ['amd64=x86'] });
    expect(placeOn(plain, ['amd64', 'arm64'], guided).anywhere).toEqual([]);
  });
});

describe('a job', () => {
  it('is read from squeue, whatever its comment holds, and an unknown state is none in which it is over', () => {
    expect(parseQueue('7|PENDING|Dependency||x.1|debplan:r:x.1\n8|NEW_WORD|None|n1|y|a|b\n')).toEqual([
      job('7', 'waiting', 'PENDING', { reason: 'Dependency', name: 'x.1', comment: 'debplan:r:x.1' }),
      job('8', 'running', 'NEW_WORD', { node: 'n1', name: 'y', comment: 'a|b' }),
    ]);
  });

  it('is read from sacct and from the file of ended jobs', () => {
    expect(parseAccounts('7|CANCELLED by 0|None assigned|x.1|\n')).toEqual([
      job('7', 'cancelled', 'CANCELLED by 0', { name: 'x.1' }),
    ]);
    const line =
      'JobId=161 UserId=root(0) GroupId=root(0) Name=x.1 JobState=NODE_FAIL Partition=all TimeLimit=525600 StartTime=2026-11-23T14:22:42 EndTime=2026-11-23T14:22:53 NodeList=amd2 NodeCnt=1 ProcCnt=1';
    expect(parseCompletions(`${line}\nnothing\n`)).toEqual([
      job('161', 'gone', 'NODE_FAIL', { name: 'x.1', node: 'amd2' }),
    ]);
  });
});

describe('what sbatch says', () => {
  it.each([
    [0, '12\n', '', { kind: 'taken', job: '12' }],
    [0, '12;one\n', 'sbatch: warning: x\n', { kind: 'taken', job: '12' }],
    [undefined, '', '', { kind: 'unknown', words: 'sbatch does not answer' }],
    [1, '', said('Socket timed out on send/recv operation'), { kind: 'unknown' }],
    [1, '', said('Requested node configuration is not available'), { kind: 'never' }],
    [1, '', said('Slurm temporarily unable to accept job, sleeping and retrying'), { kind: 'later' }],
    [1, '', said('Job violates accounting/QOS policy (job submit limit, user size)'), { kind: 'later' }],
    [1, '', said('Unable to contact slurm controller (connect failure)'), { kind: 'later' }],
    [
      1,
      '',
      said('Invalid partition name specified'),
      { kind: 'wrong', words: 'Invalid partition name specified' },
    ],
  ] as const)('with status %j, %j, %j is told apart', (status, stdout, stderr, expected) => {
    expect(readSubmitAnswer({ status, stdout, stderr })).toMatchObject(expected);
  });
});

describe('options for Slurm', () => {
  it('have defaults that need no option on a cluster with ramdisk and architectures as features', () => {
    expect(resolveSlurmOptions({})).toEqual({
      ...{
        partitions: new Map(),
        constraints: new Map(),
        ramDisk: 'auto',
        diskLicense: undefined,
        extra: [],
      },
      ...{ window: undefined, pollMs: 2000, ramDirectory: '/dev/shm', diskDirectory: '/var/tmp' },
      isCancelling: false,
    });
  });

  it('are read by architecture, kind and unit', () => {
    const options = resolveSlurmOptions({
      slurmPartition: ['big', 'arm64=arm'],
      slurmConstraint: ['amd64=x86&tmpfs'],
      ...{
        slurmRam: 'license:ram',
        slurmDiskLicense: 'disk',
        slurmOption: ['--account=a b'],
        slurmWindow: '5',
      },
      ...{ slurmPoll: '5s', slurmRamDir: '/ram', cancel: true },
    });
    expect(options).toMatchObject({
      ...{
        ramDisk: { kind: 'license', name: 'ram' },
        diskLicense: 'disk',
        extra: ['--account=a b'],
        window: 5,
      },
      ...{ pollMs: 5000, ramDirectory: '/ram', isCancelling: true },
    });
    expect([...options.partitions]).toEqual([
      ['', 'big'],
      ['arm64', 'arm'],
    ]);
    expect([...options.constraints]).toEqual([['amd64', 'x86&tmpfs']]);
  });

  it.each([
    [{ slurmPartition: ['mips99=x'] }, /no such architecture/],
    [{ slurmPartition: ['arm64='] }, /names nothing/],
    [{ slurmPartition: ['a', 'b'] }, /another one for all/],
    [{ slurmRam: 'ramdisk' }, /no way to count/],
    [{ slurmOption: ['account=x'] }, /no option of sbatch/],
    [{ slurmOption: ['job.sh'] }, /no option of sbatch/],
    [{ slurmWindow: '0' }, /no number/],
    [{ slurmPoll: '5' }, /no time/],
    [{ slurmRamDir: 'ram' }, /no absolute path/],
  ])('%j is refused', (raw, message) => {
    expect(() => resolveSlurmOptions(raw)).toThrow(message);
  });
});

function job(
  number: string,
  state: string,
  word: string,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { job: number, state, word, reason: '', node: '', name: '', comment: '', ...given };
}

function said(words: string): string {
  return `sbatch: error: Batch job submission failed: ${words}\n`;
}
