import { UserError } from '../../src/base/diagnostic.ts';
import { parseBuilder } from '../../src/dispatch/parse-builder.ts';
import { parseTemplate } from '../../src/emit/command/parse-template.ts';
import { emitHistoryCsv } from '../../src/emit/history-csv.ts';
import { formatHistory } from '../../src/emit/history-text.ts';
import { plainStyle } from '../../src/emit/style.ts';
import { parseEstimates } from '../../src/estimate/parse-estimates.ts';
import { formatRecord } from '../../src/history/format-record.ts';
import { joinRecords } from '../../src/history/join-records.ts';
import { parseHistory } from '../../src/history/parse-history.ts';
import { recordOfLog } from '../../src/history/record-of-log.ts';
import { parseCondition } from '../../src/options/fail-if.ts';
import { parseKeptOptions } from '../../src/options/kept-options-schema.ts';
import { readBuilders } from '../../src/options/plan-settings.ts';
import { readLog } from '../../src/parse/logs/read-log.ts';
import { readInstance } from '../../src/read-instance.ts';
import { parseBinfmt } from '../../src/run/emulation/binfmt.ts';
import { parseAttemptRecord } from '../../src/run/here/attempt-record-schema.ts';
import { parseIndex } from '../../src/run/packages/deb-stanza.ts';
import { parseConfig, parseNodes } from '../../src/run/slurm/cluster.ts';
import { parseAccounts, parseCompletions, parseQueue } from '../../src/run/slurm/seen-job.ts';
import { readDsc } from '../../src/run/sources/dsc.ts';
import { buildRecord } from '../history/records.ts';
import { textTarget } from './package-targets.ts';
import { seedFiles, seedTexts } from './read-seeds.ts';
import { FILE, type Target } from './target.ts';

const AS = { builder: undefined, mode: undefined };

/** What debplan learns from, is set by, and is told by other programs. */
export const historyTargets = {
  logs: textTarget(seedFiles(/fixtures\/logs\//), (text) => {
    const records = readLog(text, FILE).flatMap((reading) => {
      if (reading.kind === 'skipped') return [];
      const { record } = recordOfLog(reading.build, FILE, AS);
      return record === undefined ? [] : [record];
    });
    for (const record of joinRecords(records)) formatRecord(record);
  }),
  history: textTarget(historySeeds(), (text, report) => {
    const records = parseHistory(text, FILE, report);
    for (const record of records) formatRecord(record);
    formatHistory(records, plainStyle);
    emitHistoryCsv(records);
  }),
  estimates: textTarget(seedFiles(/estimates\.(?:tsv|json)$/), (text, report) => {
    parseEstimates(text, FILE, report);
  }),
  builders: textTarget(
    seedTexts(
      '- {name: x86-1, arch: amd64, slots: 8, ram-disk: 64GiB, memory: 96GiB, jobs: 2/4, speed: 1}\n- {name: arm, arch: arm64}\n',
      'builders:\n  - name: x86-1\n    arch: amd64\n    ram-disk: 20GiB*3+40GiB\n    host: arm64\n    disk-factor: 1.5\n    cores: 64\n',
    ),
    (text) => {
      readBuilders({ text, name: FILE, sha256: '' }, { diskFactor: 1.5 });
    },
  ),
  runOptions: textTarget(
    seedTexts(
      '{"options":{"builders":["x86-1"],"emulate":true,"keep":"all","retries":"2","with":"sbuild"},"schema":"debplan/run-options@1"}\n',
    ),
    (text) => {
      parseKeptOptions(text, FILE);
    },
  ),
  sections: textTarget(seedTexts(sectionsText()), (text, report) => {
    readInstance(text, `${FILE}.mm`, report);
  }),
  patterson: textTarget(
    seedTexts('4 2\n3 5\n\n0 0 0 2 2 3\n3 2 1 1\n4\n2 1 0 1 4\n0 0 0 0\n'),
    (text, report) => {
      readInstance(text, `${FILE}.rcp`, report);
    },
  ),
  optionTexts: textTarget(
    seedTexts(
      'name=x86,arch=amd64,slots=4,ram-disk=20GiB*3+40GiB,memory=96GiB,jobs=1/2/4,speed=1.5,disk-factor=2,cores=9',
      'build {arch} "{dsc:q}" $(echo {sbuild-options}) {{x}}',
      'makespan>+5%',
    ),
    (text) => {
      const tries = [parseBuilder, parseTemplate, parseCondition];
      for (const parse of tries) undisturbed(() => parse(text));
    },
    false,
  ),
  programs: textTarget(
    seedTexts(
      '17|RUNNING|None|n1|debplan|a/amd64 1\n18|PENDING|(Resources)||debplan|b|c\n',
      'JobId=7 UserId=root(0) Name=x JobState=COMPLETED Partition=p TimeLimit=1 NodeList=n1 NodeCnt=1\n',
      'PartitionName=main\n   AllocNodes=ALL\nMaxArraySize            = 1001\nMaxJobCount = 10000\n',
      'enabled\ninterpreter /usr/bin/qemu-aarch64-static\nflags: OCF\noffset 0\nmagic 7f454c46\nmask ffffff\n',
      'Package: a\nVersion: 1\nArchitecture: amd64\nFilename: a.deb\nSize: 5\nSHA256: 00\n\nPackage: b\n',
      'Format: 3.0 (quilt)\nSource: a\nVersion: 1\nFiles:\n 0123 5 a.tar.xz\nChecksums-Sha256:\n 00 5 a.tar.xz\n',
      '{"schema":"debplan/attempt@1","task":"a","attempt":1,"builder":"x","mode":"ram"}',
    ),
    readProgramTexts,
    false,
  ),
} as const satisfies Record<string, Target>;

function historySeeds(): readonly Uint8Array[] {
  const records = [
    buildRecord(),
    buildRecord({ source: 'greet', arch: 'arm64', makeJobs: 4, outcome: 'failed', failStage: 'build' }),
    buildRecord({
      version: '1:2-1',
      peakBytes: 2 ** 30,
      holds: 'chroot',
      mode: 'ram',
      profiles: ['nocheck'],
    }),
    buildRecord({
      endedAt: '2026-11-23T07:43:57Z',
      buildArch: 'arm64',
      kind: 'any',
      suite: 'sid',
      installMs: 5,
    }),
  ];
  return seedTexts(records.map(formatRecord).join(''));
}

/** A small problem in the format of PSPLIB. */
function sectionsText(): string {
  return [
    'jobs (incl. supersource/sink ):  4\nRESOURCES\n  - renewable                 :  1   R',
    '  - nonrenewable              :  1   N\n  - doubly constrained        :  0   D',
    'PRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors',
    '   1        1          2           2   3\n   2        1          1           4',
    '   3        2          1           4\n   4        1          0',
    'REQUESTS/DURATIONS:\njobnr. mode duration  R 1  N 1\n----------------------',
    '  1      1     0       0    0\n  2      1     3       2    1\n  3      1     2       9    0',
    '         2     4       1    2\n  4      1     0       0    0',
    'RESOURCEAVAILABILITIES:\n  R 1  N 1\n    3    5\n',
  ].join('\n');
}

/** One of several readings of a text: what it refuses is no reason not to try the others. */
function undisturbed(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

function readProgramTexts(text: string): void {
  for (const parse of [parseQueue, parseAccounts, parseCompletions, parseConfig, parseNodes]) parse(text);
  for (const parse of [parseBinfmt, parseAttemptRecord, parseIndex, readDsc]) undisturbed(() => parse(text));
}
