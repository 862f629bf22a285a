import type { Report } from '../../src/base/diagnostic.ts';
import { lintCycleOrderFile, writeCycleOrderFile } from '../../src/cycle-order-file.ts';
import { parseBreakCosts } from '../../src/cycles/parse-break-costs.ts';
import { decompress } from '../../src/io/decompress.ts';
import { decodeText } from '../../src/io/text-pieces.ts';
import { readChangelogVersion } from '../../src/parse/changelog.ts';
import { parseControl } from '../../src/parse/control.ts';
import { parsePackages } from '../../src/parse/packages-index.ts';
import type { ParseContext } from '../../src/parse/parse-context.ts';
import { RelationTable } from '../../src/parse/relation-table.ts';
import { sniffText } from '../../src/parse/sniff.ts';
import { parseSources } from '../../src/parse/sources-index.ts';
import { parseCycleOrders } from '../../src/parse/starlingx/cycle-orders.ts';
import { parseBuildLayer, parsePackageList } from '../../src/parse/starlingx/folder-list.ts';
import { readTreeUnit } from '../../src/parse/starlingx/unit.ts';
import { planBuild } from '../../src/pipeline.ts';
import { BUILDERS } from '../support/planned.ts';
import { optionsOf, readTexts } from '../support/texts.ts';
import { seedFiles, seedTexts } from './read-seeds.ts';
import { FILE, type Target } from './target.ts';

/** What separates the index of sources from that of binaries in a fuzzed archive. */
const PART = '%%%\n';

/** What debplan reads packages from, and what opens their cycles. */
export const packageTargets = {
  control: textTarget(seedFiles(/\/control$/), (text, report) => {
    parseControl(text, FILE, contextOf(report), { version: '1' });
  }),
  sources: textTarget(seedFiles(/Sources$|fixtures\/dirty/), (text, report) => {
    sniffText(text);
    parseSources(text, FILE, contextOf(report));
  }),
  packages: textTarget(seedFiles(/Packages$|fixtures\/dirty/), (text, report) => {
    parsePackages(text, FILE, contextOf(report), 'amd64');
  }),
  changelog: textTarget(seedFiles(/changelog$/), (text, report) => {
    readChangelogVersion(text, FILE, report);
  }),
  metaData: textTarget(seedFiles(/meta_data\.yaml$/), (text, report) => {
    const location = { file: FILE, line: 1 };
    const listed = { folder: 'a/b', suite: 'trixie', layer: 'base', buildType: 'rt', location };
    const texts = { metaData: { text, file: FILE }, control: undefined, changelog: undefined };
    readTreeUnit(listed, texts, contextOf(report));
  }),
  packageLists: textTarget(seedFiles(/pkg_dirs|build_layer\.cfg$/), (text, report) => {
    parsePackageList(text, FILE, report);
    parseBuildLayer(text);
  }),
  cycleOrders: textTarget(seedFiles(/\.conf$/), (text, report) => {
    parseCycleOrders(text, FILE, report);
    lintCycleOrderFile(ARCHIVE, optionsOf(), 'trixie', { name: FILE, text });
    writeCycleOrderFile(ARCHIVE, optionsOf(), 'trixie', { name: FILE, text });
  }),
  breakCosts: textTarget(seedFiles(/break-wishes\/\w+\.yaml$/), (text) => {
    parseBreakCosts(text, FILE);
  }),
  compressed: {
    seeds: () => COMPRESSED,
    run: async (bytes, report) => {
      await decompress(bytes, FILE, report);
    },
    hasLines: true,
  },
  archive: textTarget(archiveSeeds(), planArchive),
} as const satisfies Record<string, Target>;

/** A target that reads its file as text, as debplan decodes it. */
export function textTarget(
  seeds: readonly Uint8Array[],
  run: (text: string, report: Report) => void | Promise<void>,
  hasLines = true,
): Target {
  return {
    seeds: () => seeds,
    run: (bytes, report) => run(decodeText(bytes, FILE, report), report),
    hasLines,
  };
}

const COMPRESSED = seedFiles(/io\/compressed\/.*\.(?:gz|xz|zst|lz4|bz2)$/);

function contextOf(report: Report): ParseContext {
  return { relations: new RelationTable(), report };
}

const [CYCLIC = ''] = seedFiles(/cases\/cycle-orders\/Sources$/).map(String);
const ARCHIVE = readTexts({ sources: [CYCLIC] });

function archiveSeeds(): readonly Uint8Array[] {
  const cases = [
    'cycles',
    'staged-build',
    'alternatives',
    'both-architectures-alike',
    'cannot-be-built',
    'select',
  ];
  return seedTexts(
    ...cases.map((name) => {
      const parts = ['Sources', 'amd64.Packages'].map((file) =>
        seedFiles(new RegExp(`cases/${name}/${file}$`))
          .map(String)
          .join(''),
      );
      return parts.join(PART);
    }),
  );
}

/** The whole pipe on a small archive. */
function planArchive(text: string, report: Report): void {
  const [sources = '', packages = ''] = text.split(PART);
  const archive = readTexts({ sources: [sources], packages: { amd64: [packages] } });
  for (const diagnostic of archive.diagnostics) report({ ...diagnostic, severity: 'note' }); // of two files
  const architectures = ['amd64', 'arm64'];
  const options = { ...optionsOf({ architectures }), builders: BUILDERS, overrides: [] };
  const { diagnostics } = planBuild({ ...archive, files: [], paths: new Map() }, options);
  for (const diagnostic of diagnostics) report({ ...diagnostic, severity: 'note' });
}
