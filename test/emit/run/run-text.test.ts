import { describe, expect, it } from 'vitest';
import { formatRunEvent, type EventContext } from '../../../src/emit/run/run-event-text.ts';
import { formatRunSummary } from '../../../src/emit/run/run-summary.ts';
import { plainStyle } from '../../../src/emit/style.ts';
import { RUN_SCHEMA, type RunDocument } from '../../../src/journal/run-document.ts';
import {
  JOURNAL_SCHEMA,
  type EndEvent,
  type RunEvent,
  type StartEvent,
} from '../../../src/journal/run-event.ts';

const CONTEXT: EventContext = {
  clock: (ms) => `12:00:${String(ms / 1000).padStart(2, '0')}`,
  ...{ expectedMs: 52_000, built: 61, total: 113, blocks: 3 },
};
const END: EndEvent = {
  ...{
    event: 'end',
    atMs: 31_000,
    task: 'libquay_2.5.0-1/amd64',
    attempt: 1,
    outcome: 'built',
    then: 'done',
  },
  ...{ startedMs: 0, endedMs: 47_000 },
};
const START: StartEvent = {
  ...{ event: 'start', atMs: 1000, task: 'a_1/amd64', attempt: 1, builder: 'x86', slot: 2, mode: 'ram' },
  ...{ makeJobs: 4, ramDiskBytes: 2 ** 30 },
};

describe('formatRunEvent', () => {
  it.each<readonly [RunEvent, string]>([
    [END, '12:00:31  built    libquay_2.5.0-1/amd64  47s (planned 52s)  61/113'],
    [{ ...END, node: 'n1' }, '12:00:31  built    libquay_2.5.0-1/amd64  47s (planned 52s)  on n1  61/113'],
    [
      { ...END, outcome: 'failed', then: 'given-up', reason: 'make: *** [all] Error 2' },
      '12:00:31  failed   libquay_2.5.0-1/amd64  failed after 47s: make: *** [all] Error 2  3 builds blocked',
    ],
    [
      { ...END, outcome: 'no-space', then: 'again-on-disk' },
      '12:00:31  again    libquay_2.5.0-1/amd64  RAM disk full after 47s  will be built on disk',
    ],
    [
      { ...END, outcome: 'lost', then: 'again', reason: 'node n1\nwent away' },
      '12:00:31  again    libquay_2.5.0-1/amd64  lost after 47s: node n1␊went away  will be tried again',
    ],
    [
      { ...END, outcome: 'interrupted', then: 'again' },
      '12:00:31  stopped  libquay_2.5.0-1/amd64  stopped after 47s  will be tried again',
    ],
    [START, '12:00:01  start    a_1/amd64  x86.2 in RAM (1 GiB), expected 52s'],
    [
      { ...START, mode: 'disk', ramDiskBytes: 0, attempt: 2 },
      '12:00:01  start    a_1/amd64  x86.2 on disk, expected 52s, attempt 2',
    ],
    [
      { event: 'submit', atMs: 2000, task: 'a_1/amd64', attempt: 1, job: '17' },
      '12:00:02  submit   a_1/amd64  job 17',
    ],
    [
      {
        ...{ event: 'begin', schema: JOURNAL_SCHEMA, atMs: 0, plan: 'plan.json', sha256: '', on: 'here' },
        builders: ['arm', 'x86'],
      },
      '12:00:00  begin    113 builds of plan.json on arm, x86  61 built before',
    ],
    [{ event: 'stop', atMs: 3000, reason: 'interrupted' }, '12:00:03  stop     as asked; --resume goes on'],
  ])('says %j in a line', (event, line) => {
    expect(formatRunEvent(event, CONTEXT, plainStyle)).toBe(line);
  });
});

const DOCUMENT: RunDocument = {
  schema: RUN_SCHEMA,
  plan: { name: 'plan.json', sha256: '', builds: 4 },
  ...{ on: 'here', builders: ['x86'], reason: 'done', beganMs: 0, endedMs: 900_000, plannedMs: 160_000 },
  workedMs: 200_000,
  built: ['a_1/amd64', 'b_1/amd64', 'c_1/amd64', 'd_1/amd64'].map((task) => ({
    ...{ task, attempts: 1, builder: 'x86', mode: 'ram', startedMs: 0, endedMs: 1, results: 'results/a' },
  })),
  ...{ failed: [], blocked: [], skipped: [], left: [] },
};
const PLACE = { plan: 'my plan.json', work: 'work' };

describe('formatRunSummary', () => {
  it('compares a whole run with its plan, and says what to type to look at it', () => {
    expect(formatRunSummary(DOCUMENT, plainStyle, PLACE)).toBe(
      [
        '4 of 4 builds built in 3m 20s',
        'planned 2m 40s: 40s longer (+25.0 %)',
        '',
        "to look at it:    debplan report 'my plan.json' work/actual.json -o run.html",
        '',
      ].join('\n'),
    );
  });

  it('tells of each failed build why, where its log is and what it blocks', () => {
    const document: RunDocument = {
      ...DOCUMENT,
      built: DOCUMENT.built.slice(0, 1),
      failed: [
        {
          ...{ task: 'b_1/amd64', attempts: 2, outcome: 'failed', reason: 'make: *** Error 2', blocks: 1 },
          log: 'attempts/b_1.amd64.2/log',
        },
      ],
      blocked: [{ task: 'c_1/amd64', by: ['b_1/amd64'] }],
      left: ['d_1/amd64'],
      reason: 'interrupted',
    };
    const lines = formatRunSummary(document, plainStyle, PLACE).split('\n');
    expect(lines).toEqual([
      '1 of 4 builds built in 3m 20s',
      'stopped as asked',
      '',
      '1 build failed:',
      '  b_1/amd64: failed, 2 attempts: make: *** Error 2; blocks 1 build',
      '    log: work/attempts/b_1.amd64.2/log',
      '',
      '1 build not tried, since what they need was not built:',
      '  c_1/amd64 needs b_1/amd64',
      '',
      '1 build left:',
      '  d_1/amd64',
      '',
      expect.stringMatching(/^to go on: +debplan run --resume --work work$/),
      expect.stringMatching(/^to look at it: +debplan report /),
      '',
    ]);
  });
});
