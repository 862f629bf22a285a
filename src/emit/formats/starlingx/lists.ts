import { compareBuildTypes, rankLayers } from '../../../archive/layers.ts';
import { compareNumber, compareText, firstDifference } from '../../../base/compare.ts';
import { groupBy } from '../../../base/group-by.ts';
import type { Plan, PlanTask } from '../../../plan/plan.ts';
import { quoteShell } from '../../command/quote-shell.ts';
import type { EmittedFile } from '../../emitter.ts';
import { escapeListed } from '../../escape-blanks.ts';
import { planBuilds, type PlanBuild } from '../../plan-builds.ts';
import { safeNames } from '../../safe-names.ts';

/** The packages of one architecture, layer and build type. */
interface PackageList {
  readonly arch: string;
  readonly layer: string | undefined;
  readonly buildType: string | undefined;
  /** By start; a source stands in it once for each of its stages. */
  readonly names: readonly string[];
}

/**
 * For each architecture a folder with a list for each layer and build type, in the order in which StarlingX builds these, one
 * source a line by its first start; and a script that hands them to build-pkgs. What is built for all architectures stands
 * in the lists of the one that builds it.
 */
export function formatLists(plan: Plan): readonly EmittedFile[] {
  const byArch = groupBy(listsOf(plan), ({ arch }) => arch);
  const folders = safeNames(byArch.keys());
  return [...byArch].flatMap(([arch, lists]) => {
    const folder = `starlingx/${folders.get(arch) ?? ''}`;
    const named = nameLists(lists);
    return [
      ...named.map(({ file, list }) => ({
        path: `${folder}/${file}`,
        content: list.names.map((name) => `${name}\n`).join(''),
        isExecutable: false,
      })),
      { path: `${folder}/build-lists.sh`, content: script(plan, arch, named), isExecutable: true },
    ];
  });
}

function listsOf(plan: Plan): readonly PackageList[] {
  const builds = planBuilds(plan);
  const layerRank = rankLayers(
    builds.flatMap(({ task }) => task.layer ?? []),
    plan.options.layers,
    () => undefined,
  );
  const rankOf = ({ layer }: PackageList): number => (layer === undefined ? -1 : (layerRank.get(layer) ?? 0));
  return [
    ...groupBy(builds, (build) =>
      JSON.stringify([archOf(build), build.task.layer, build.task.buildType]),
    ).values(),
  ]
    .map((group): PackageList => {
      const [{ task }] = group;
      return {
        arch: archOf(group[0]),
        layer: task.layer,
        buildType: task.buildType,
        names: sourcesOf(group.map((build) => build.task)),
      };
    })
    .sort((a, b) =>
      firstDifference(
        compareText(a.arch, b.arch),
        compareNumber(rankOf(a), rankOf(b)),
        compareText(a.layer ?? '', b.layer ?? ''),
        compareBuildTypes(a.buildType ?? 'std', b.buildType ?? 'std'),
      ),
    );
}

function archOf({ task, target }: PlanBuild): string {
  return task.buildArch ?? target.arch;
}

function sourcesOf(tasks: readonly PlanTask[]): readonly string[] {
  const seen = new Set<string>();
  return tasks.flatMap(({ source, stage }) => {
    const key = JSON.stringify([source, stage]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [escapeListed(source)];
  });
}

interface NamedList {
  readonly file: string;
  readonly list: PackageList;
}

/** `02-distro-std.lst`: sorted by name they are in their order. */
function nameLists(lists: readonly PackageList[]): readonly NamedList[] {
  const words = safeNames(lists.flatMap(({ layer, buildType }) => [layer ?? 'packages', buildType ?? '']));
  return lists.map((list, index) => {
    const parts = [list.layer ?? 'packages', ...(list.buildType === undefined ? [] : [list.buildType])];
    const name = parts.map((part) => words.get(part) ?? '').join('-');
    return { file: `${String(index + 1).padStart(2, '0')}-${name}.lst`, list };
  });
}

function script(plan: Plan, arch: string, lists: readonly NamedList[]): string {
  const flags = hostFlags(plan, arch);
  const lines = [
    '#!/bin/sh',
    '# Hands the lists of this folder to build-pkgs of StarlingX, one layer and build type after the other; BUILD_PKGS is another one.',
    '# build-pkgs finds its own order within a list; the lists have that of the plan.',
    'set -eu',
    'cd "$(dirname "$0")"',
    'build_list() {',
    '  list=$1',
    '  shift',
    `  "\${BUILD_PKGS:-build-pkgs}"${flags} "$@" --packages "$(paste -sd, "$list")"`,
    '}',
    ...lists.map(({ file, list: { layer, buildType } }) =>
      [
        'build_list',
        quoteShell(file),
        ...(layer === undefined ? [] : ['--layers', quoteShell(layer)]),
        ...(buildType === undefined ? [] : ['--build-types', quoteShell(buildType)]),
      ].join(' '),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** What build-pkgs has flags for, where the plan has one builder for the architecture. */
function hostFlags({ builders }: Plan, arch: string): string {
  const [builder, ...others] = builders.filter((one) => one.arch === arch);
  if (builder === undefined || others.length > 0) return '';
  return ` --parallel ${String(builder.slots)} --max_make_jobs ${String(Math.max(...builder.makeJobs))}`;
}
