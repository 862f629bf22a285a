import { resolve } from 'node:path';
import { DEFAULT_BUILDER_COMMAND, parseTemplate } from './emit/command/parse-template.ts';
import type { RunOptions } from './options/run-options.ts';
import type { Plan } from './plan/plan.ts';
import type { BuilderSettings } from './run/backends/backend.ts';

/** What all builds of a run have in common. */
export function builderSettings({ builders }: Plan, { backend, suite }: RunOptions): BuilderSettings {
  const isSbuild = backend.name === 'sbuild';
  const given = isSbuild ? backend.chroots : new Map<string, string>();
  const chroots = [...new Set(builders.map(({ arch }) => arch))].flatMap((arch) => {
    const chroot = given.get(arch) ?? given.get('');
    return chroot === undefined ? [] : [[arch, chrootPath(chroot)] as const];
  });
  return {
    backend: backend.name,
    suite,
    template: isSbuild ? parseTemplate(DEFAULT_BUILDER_COMMAND) : backend.template,
    sbuild: { mode: isSbuild ? backend.chrootMode : 'unshare', chroots: new Map(chroots), args: [] },
  };
}

/** A path is one of where debplan was started: builds are started elsewhere. What has no `/` is a name. */
function chrootPath(text: string): string {
  return text.includes('/') ? resolve(text) : text;
}

/** The runner's environment, with the words for DEB_BUILD_OPTIONS. */
export function buildEnvironmentOf(
  env: Readonly<Record<string, string | undefined>>,
  { buildOptions }: RunOptions,
): Readonly<Record<string, string | undefined>> {
  if (buildOptions.length === 0) return env;
  const words = [env['DEB_BUILD_OPTIONS'] ?? '', ...buildOptions].filter((word) => word !== '');
  return { ...env, DEB_BUILD_OPTIONS: words.join(' ') };
}
