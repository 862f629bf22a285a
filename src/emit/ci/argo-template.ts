import { collectResults, PUBLISH } from './results.ts';
import { block, flow, list, row, type YamlValue } from './yaml-text.ts';

/** What builds one unit, given as parameters: on a volume in memory or on the node's disk. */
export function buildTemplate(mode: 'ram' | 'disk', areHandedOn: boolean): YamlValue {
  const inputs = ['unit', 'command', 'arch', 'memory', 'cpu', 'seconds'];
  if (areHandedOn) inputs.push('needs');
  if (mode === 'ram') inputs.push('ram-disk');
  return block([
    ['name', mode],
    ['inputs', block([['parameters', list(inputs.map((name) => flow([['name', name]])))]])],
    ['nodeSelector', block([['kubernetes.io/arch', '{{inputs.parameters.arch}}']])],
    ['retryStrategy', RETRY],
    ['activeDeadlineSeconds', '{{inputs.parameters.seconds}}'],
    [
      'volumes',
      list([
        WORK,
        block([
          ['name', 'build'],
          ['emptyDir', flow(mode === 'ram' ? [['medium', 'Memory']] : [])],
        ]),
      ]),
    ],
    // sizes are no strings, so parameters can't stand in them but here
    ['podSpecPatch', podSpecPatch(mode)],
    ['script', scriptOf(mode, areHandedOn)],
  ]);
}

/** Not of a build that failed: it would fail again. */
const RETRY = block([
  ['limit', 2],
  ['retryPolicy', 'OnError'],
]);

const WORK = block([
  ['name', 'work'],
  ['persistentVolumeClaim', flow([['claimName', '{{workflow.parameters.claim}}']])],
]);

function scriptOf(mode: 'ram' | 'disk', areHandedOn: boolean): YamlValue {
  const publish = flow([
    ['name', 'DEBPLAN_PUBLISH'],
    ['value', '{{workflow.parameters.publish}}'],
  ]);
  return block([
    ['name', 'main'],
    ['image', '{{workflow.parameters.image}}'],
    ['command', row(['sh', '-e'])],
    [
      'env',
      list([
        flow([
          ['name', 'TMPDIR'],
          ['value', '/build'],
        ]),
        flow([
          ['name', 'DEBPLAN_MODE'],
          ['value', mode],
        ]),
        ...(areHandedOn ? [] : [publish]),
      ]),
    ],
    [
      'volumeMounts',
      list([
        flow([
          ['name', 'work'],
          ['mountPath', '/debplan'],
        ]),
        flow([
          ['name', 'build'],
          ['mountPath', '/build'],
        ]),
      ]),
    ],
    ['source', sourceText(areHandedOn)],
  ]);
}

/** The RAM disk is charged to the container's memory: `memory` holds it. */
function podSpecPatch(mode: 'ram' | 'disk'): string {
  const main = [
    'containers:',
    '- name: main',
    '  resources:',
    '    requests:',
    '      memory: "{{inputs.parameters.memory}}"',
    '      cpu: "{{inputs.parameters.cpu}}"',
  ];
  const ramDisk = [
    'volumes:',
    '- name: build',
    '  emptyDir:',
    '    medium: Memory',
    '    sizeLimit: "{{inputs.parameters.ram-disk}}"',
  ];
  return [...main, ...(mode === 'ram' ? ramDisk : []), ''].join('\n');
}

/** Builds in a folder of its own with links to all sources, since builds leave their results where they are started. */
function sourceText(areHandedOn: boolean): string {
  return [
    'results=/debplan/results/{{inputs.parameters.unit}}',
    'mkdir -p /build/unit/packages /debplan/results',
    'cd /build/unit',
    `find /debplan/sources -maxdepth 1 -type f -exec ln -s {} . ';'`,
    ...(areHandedOn
      ? [
          'for need in {{inputs.parameters.needs}}; do',
          `  find "/debplan/results/$need" -name '*.deb' -exec ln -s {} packages/ ';'`,
          'done',
        ]
      : []),
    'export DEBPLAN_PACKAGES="$PWD/packages" DEBPLAN_RESULTS="$results.part"',
    'rm -rf "$results" "$results.part"',
    'mkdir "$results.part"',
    '(',
    '{{inputs.parameters.command}}',
    ')',
    collectResults('cp', '"$results.part"'),
    ...(areHandedOn ? [] : [PUBLISH]),
    'mv "$results.part" "$results"',
    '',
  ].join('\n');
}
