import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { PsplibInstance } from '../../src/parse/psplib/instance.ts';
import { parsePsplib } from '../../src/parse/psplib/psplib.ts';

const STARS = '*'.repeat(72);

/** Two jobs between two dummies; the second has two modes. */
const MULTI_MODE = `${STARS}
file with basedata            : small.bas
${STARS}
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  9
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  1   N
  - doubly constrained        :  0   D
${STARS}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        2          1           4
   4        1          0
${STARS}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  N 1
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    1
  3      1     2       9    0
         2     4       1    2
  4      1     0       0    0
${STARS}
RESOURCEAVAILABILITIES:
  R 1  N 1
    3    5
${STARS}
`;

const PATTERSON = `4 2
3 5

0 0 0 2 2 3
3 2 1 1
4
2 1 0 1 4
0 0 0 0
`;

function parse(text: string, file: string): { instance: PsplibInstance | undefined; found: Diagnostic[] } {
  const found: Diagnostic[] = [];
  return { instance: parsePsplib(text, file, (diagnostic) => found.push(diagnostic)), found };
}

/** Code, line and message of what is reported; an instance is never returned beside it. */
function complaintsOf(text: string, file: string): readonly string[] {
  const { instance, found } = parse(text, file);
  expect(instance).toBeUndefined();
  for (const { hint, severity, location } of found) {
    expect(hint).toBeTruthy();
    expect(severity).toBe('error');
    expect(location?.file).toBe(file);
  }
  return found.map(({ code, location, message }) => `${code}:${location?.line ?? 0}: ${message}`);
}

describe('parsePsplib', () => {
  it('reads jobs, modes and both kinds of resources of a .mm file', () => {
    const dummy = { duration: 0, demands: [0, 0] };
    expect(parse(MULTI_MODE, 'small.mm')).toEqual({
      found: [],
      instance: {
        jobs: [
          { successors: [1, 2], modes: [dummy] },
          { successors: [3], modes: [{ duration: 3, demands: [2, 1] }] },
          {
            successors: [3],
            modes: [
              { duration: 2, demands: [9, 0] },
              { duration: 4, demands: [1, 2] },
            ],
          },
          { successors: [], modes: [dummy] },
        ],
        renewable: [3],
        nonrenewable: [5],
      },
    });
  });

  it("reads Patterson's format wherever its lines break", () => {
    const expected = parse(PATTERSON, 'small.rcp');
    expect(expected.found).toEqual([]);
    expect(expected.instance).toEqual({
      jobs: [
        { successors: [1, 2], modes: [{ duration: 0, demands: [0, 0] }] },
        { successors: [3], modes: [{ duration: 3, demands: [2, 1] }] },
        { successors: [3], modes: [{ duration: 2, demands: [1, 0] }] },
        { successors: [], modes: [{ duration: 0, demands: [0, 0] }] },
      ],
      renewable: [3, 5],
      nonrenewable: [],
    });
    expect(parse(PATTERSON.replace(/\s+/g, '\r\n'), 'small.rcp')).toEqual(expected);
  });

  it('tells which suffixes it knows', () => {
    expect(complaintsOf(PATTERSON, 'small.txt')).toEqual([
      'unknown-instance-format:1: small.txt has no suffix of an instance file',
    ]);
  });

  it('never takes a .mm or .rcp file that is cut short for a whole one', () => {
    const endOfNumbers = MULTI_MODE.lastIndexOf(STARS) + 3;
    for (let length = 0; length < endOfNumbers; length++)
      expect(complaintsOf(MULTI_MODE.slice(0, length), 'cut.mm').length).toBeGreaterThan(0);
    for (let length = 0; length < PATTERSON.trimEnd().length; length++)
      expect(complaintsOf(PATTERSON.slice(0, length), 'cut.rcp').length).toBeGreaterThan(0);
  });

  it.each([
    [
      'cut in the durations',
      MULTI_MODE.slice(0, MULTI_MODE.indexOf('         2     4')),
      [
        'instance-cut:24: the file ends where the row of stars behind the durations and requests should stand',
      ],
    ],
    [
      'a word for a number',
      MULTI_MODE.replace('  2      1     3', '  2      1     x'),
      ["bad-instance-number:23: 'x' stands where a number should"],
    ],
    [
      'a job too few',
      MULTI_MODE.replace('  4      1     0       0    0\n', ''),
      ['instance-count:25: found durations of 3 jobs, but the file says 4 jobs'],
    ],
    [
      'a mode too few',
      MULTI_MODE.replace('         2     4       1    2\n', '').replace('2       9', '2       1'),
      ['instance-count:24: found 1 modes of job 3, but the file says 2'],
    ],
    [
      'a successor too few',
      MULTI_MODE.replace('2           2   3', '2           2'),
      ['instance-count:14: found 1 successors of job 1, but the file says 2'],
    ],
    [
      'a successor that does not exist',
      MULTI_MODE.replace('2           2   3', '2           2   7'),
      ['unknown-successor:14: job 1 has successor 7, but jobs are numbered 1 to 4'],
    ],
    [
      'jobs that wait for each other',
      MULTI_MODE.replace('2        1          1           4', '2        1          1           3').replace(
        '3        2          1           4',
        '3        2          1           2',
      ),
      ['instance-cycle:15: jobs wait for each other: 2 → 3 → 2'],
    ],
    [
      'a job that takes more than there is',
      MULTI_MODE.replace('  2      1     3       2', '  2      1     3       4'),
      ['demand-above-capacity:23: job 2 takes 4 of R 1, which has 3'],
    ],
    [
      'doubly constrained resources',
      MULTI_MODE.replace(':  0   D', ':  1   D'),
      ['unsupported-instance:10: a doubly constrained resource is not known here'],
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(complaintsOf(text, 'bad.mm')).toEqual(expected);
  });

  it.each([
    [
      'numbers behind the last job',
      `${PATTERSON}7 8\n`,
      ['instance-count:9: found 2 numbers more, but the file says 4 jobs'],
    ],
    [
      'a fraction',
      PATTERSON.replace('3 2 1 1', '3.5 2 1 1'),
      ["bad-instance-number:5: '3.5' stands where a number should"],
    ],
    [
      'a negative number',
      PATTERSON.replace('3 5', '-3 5'),
      ["bad-instance-number:2: '-3' stands where a number should"],
    ],
    [
      'successor 0',
      PATTERSON.replace('2 2 3', '2 0 3'),
      ['unknown-successor:4: job 1 has successor 0, but jobs are numbered 1 to 4'],
    ],
    ['no jobs', '0 1\n5\n', ["bad-instance-number:1: '0' stands where the number of jobs should"]],
  ])('refuses a .rcp file with %s', (_, text, expected) => {
    expect(complaintsOf(text, 'bad.rcp')).toEqual(expected);
  });
});
