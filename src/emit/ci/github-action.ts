import { block, commentText, flow, list, yamlText, type YamlValue } from './yaml-text.ts';

export const ACTION_PATH = '.github/actions/debplan/action.yml';
export const UNITS_SCRIPT_PATH = '.github/actions/debplan/units.sh';

/** An action that builds one unit: gets what it needs, builds, keeps what it made. @param downloads steps that get artifacts; 0: it takes none */
export function buildAction(downloads: number): string {
  const build = step('sh "$GITHUB_ACTION_PATH/units.sh" build "$UNIT"');
  const steps =
    downloads > 0
      ? [
          ...needed(downloads),
          build,
          upload('success()', UNIT, 'results/'),
          upload('failure()', LOG, 'results/'),
        ]
      : [build, upload('always()', LOG, 'results/*.build')];
  return (
    commentText(['Builds one unit of the plan. Made by debplan.']) +
    yamlText([
      { key: 'name', value: 'debplan' },
      { key: 'description', value: 'Builds one unit of the plan' },
      { key: 'inputs', value: block([['unit', UNIT_INPUT]]) },
      {
        key: 'runs',
        value: block([
          ['using', 'composite'],
          ['steps', list(steps)],
        ]),
      },
    ])
  );
}

const UNIT_INPUT = block([
  ['description', 'Its name in units.sh'],
  ['required', true],
]);

const UNIT = '${{ inputs.unit }}';
const LOG = 'log of ${{ inputs.unit }}';

/** The name goes by a variable: it never stands in shell text. */
function step(run: string, id?: string): YamlValue {
  return block([
    ['id', id],
    ['shell', 'sh'],
    ['env', flow([['UNIT', UNIT]])],
    ['run', run],
  ]);
}

function needed(downloads: number): readonly YamlValue[] {
  const outputs = Array.from({ length: downloads }, (_, index) => `needs-${String(index + 1)}`);
  return [
    step('sh "$GITHUB_ACTION_PATH/units.sh" needs "$UNIT" >> "$GITHUB_OUTPUT"', 'unit'),
    ...outputs.map((output) =>
      block([
        ['if', `steps.unit.outputs.${output} != ''`],
        ['uses', 'actions/download-artifact@v4'],
        [
          'with',
          block([
            ['pattern', `\${{ steps.unit.outputs.${output} }}`],
            ['path', 'debplan-needs'],
          ]),
        ],
      ]),
    ),
  ];
}

function upload(when: string, name: string, path: string): YamlValue {
  return block([
    ['if', when],
    ['uses', 'actions/upload-artifact@v4'],
    [
      'with',
      block([
        ['name', name],
        ['path', path],
        ['if-no-files-found', 'ignore'],
        ['overwrite', true],
      ]),
    ],
  ]);
}
