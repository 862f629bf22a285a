import type { Attempt } from '../../src/run/attempt.ts';
import { attemptFolder, workFolder } from '../../src/run/work-folder.ts';
import { planTask } from '../emit/small-plan.ts';

/** The first attempt at a small build, on disk if nothing else is said. @param root of the work folder */
export function madeAttempt(root: string, given: Partial<Attempt> = {}): Attempt {
  const { slug = 'hello_1.0.amd64', number = 1 } = given;
  return {
    task: planTask({ id: 'hello_1.0/amd64', source: 'hello', version: '1.0' }),
    target: { arch: 'amd64', kind: 'any', profiles: [] },
    slug,
    number,
    builder: 'one',
    slot: 0,
    mode: 'disk',
    chroot: -1,
    makeJobs: 1,
    ramDiskBytes: 0,
    folder: attemptFolder(workFolder(root), slug, number),
    extraPackages: undefined,
    ...given,
  };
}
