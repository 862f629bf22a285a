import type { Choice } from './advice.ts';
import type { ArchWork } from './arch-work.ts';
import { builderText } from './builder-text.ts';
import type { Study } from './grid.ts';
import { settingBuilder } from './host.ts';
import type { Tried } from './try-grid.ts';

/** A setting that is named. @param setting scheduled as well as a plan is made */
export function makeChoice(setting: Tried, work: ArchWork, { host }: Study): Choice {
  const { slots, makeJobs, ramDiskBytes, makespanMs } = setting;
  const builder = builderText(settingBuilder(host, work.arch, setting));
  return { slots, makeJobs, ramDiskBytes, makespanMs, builder };
}
