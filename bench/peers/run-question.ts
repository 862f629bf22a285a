import type { ProgramResult, Skipped } from '../results/results-schema.ts';
import type { Contender, Question, QuestionFiles } from './contender.ts';
import { timeProgram, type Cost } from './time-program.ts';

const RUNS = 3;

/** What is told while programs are timed. */
export interface ProgramWatch {
  readonly onResult: (result: ProgramResult) => void;
  readonly onSkipped: (skipped: Skipped) => void;
  readonly onVersion: (name: string, version: string) => void;
}

/**
 * Times each contender of a question as a whole process: in turns, so that a slow minute of the machine hurts all; of three runs
 * the one with the least CPU time counts. What is not installed is told.
 */
export async function runQuestion(
  name: string,
  question: Question,
  files: QuestionFiles,
  size: string,
  watch: ProgramWatch,
): Promise<void> {
  const there = question.contenders.filter((contender) => {
    const found = contender.find();
    if ('missing' in found) watch.onSkipped({ what: contender.name, why: found.missing });
    else if (!contender.isOwn) watch.onVersion(found.from, found.version);
    return 'version' in found;
  });
  const costs = new Map<Contender, Cost[]>(there.map((contender) => [contender, []]));
  for (let round = 0; round < RUNS; round++) {
    for (const contender of there) {
      if (round > 0 && contender.isSlow === true) continue;
      const isGood = (code: unknown): boolean => (contender.answers ?? [0]).some((good) => good === code);
      costs.get(contender)?.push(await timeProgram(contender.command(files), isGood));
    }
  }
  for (const [contender, found] of costs) {
    const [best] = [...found].sort((a, b) => a.cpuS - b.cpuS);
    if (best === undefined) throw new Error(`BUG: ${contender.name} did not run`);
    const { name: program, isOwn } = contender;
    const most = found.length > 1 ? { mostCpuS: Math.max(...found.map(({ cpuS }) => cpuS)) } : {};
    watch.onResult({
      question: name,
      size,
      program,
      isOwn,
      ...best,
      ...most,
      runs: found.length,
    });
  }
}
