import { formatProgram } from '../results/format-results.ts';
import { caseName, type Filter } from '../results/parse-filter.ts';
import type { BenchResults, ProgramResult } from '../results/results-schema.ts';
import { readBotch } from './botch.ts';
import { once } from '../suites/once.ts';
import type { Subject } from './question-files.ts';
import { QUESTIONS } from './questions.ts';
import { runQuestion } from './run-question.ts';

/** What is wanted, and where lines go as soon as they are known. */
export interface ProgramOptions {
  readonly filter: Filter;
  readonly tell: (line: string) => void;
}

/** Times all programs that are wanted, each as a whole process, and adds what botch once took. */
export async function runPrograms(
  { size, files }: Subject,
  { filter, tell }: ProgramOptions,
  results: BenchResults,
): Promise<void> {
  const isWanted = (question: string): boolean => filter(caseName(question, size, 'program'));
  const keep = (result: ProgramResult): void => {
    results.programs.push(result);
    tell(formatProgram(result));
  };
  const wanted = Object.entries(QUESTIONS).filter(([name]) => isWanted(name));
  const asked = once(files);
  for (const [name, question] of wanted) {
    tell(`\n${name}, ${size} sources, whole processes: ${question.what}`);
    await runQuestion(name, question, asked(), size, {
      onResult: keep,
      onSkipped: (skipped) => {
        results.skipped.push(skipped);
        tell(`  ${skipped.what}: skipped, ${skipped.why}`);
      },
      onVersion: (program, version) => {
        results.versions[program] = version;
      },
    });
  }
  if (!isWanted('cycles')) return;
  const botch = readBotch();
  if ('why' in botch) {
    results.skipped.push(botch);
    tell(`\n${botch.what}: skipped, ${botch.why}`);
    return;
  }
  tell('\ncycles, whole processes: a feedback arc set, as it was measured once');
  for (const result of botch) keep(result);
}
