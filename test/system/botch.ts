import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { IndexLists } from './index-lists.ts';

/** One edge from a source to an install set: what botch counts when it drops a build dependency. */
export interface BotchRelation {
  readonly source: string;
  /** The binary that botch's solver took for the build dependency. */
  readonly binary: string;
  /** The sources of the set that build members of its install set, sorted; the source itself may be among them. */
  readonly needs: readonly string[];
}

/** What botch orders: the part of the self-contained set that cycles, or waits for them. */
export interface BotchGraph {
  /** Names, sorted. */
  readonly sources: readonly string[];
  /** By source, then by binary. */
  readonly relations: readonly BotchRelation[];
}

/** Build dependencies that botch's authors know to be droppable. */
export interface DroppableLists {
  /** Binaries that every source can do without. */
  readonly weak: ReadonlySet<string>;
  /** Source → binaries that it can do without. */
  readonly reduced: ReadonlyMap<string, ReadonlySet<string>>;
}

const MAX_TALK_BYTES = 2 ** 26;

/** The lists that botch-native applies. */
const WEAK = 'weak-build-dependencies';
const REDUCED = ['pehjota', 'thorsten-glaser', 'daniel-schepler', 'gentoo', 'wookey', 'selfcycles'];

/** What botch read and made, as files that debplan reads too. */
export interface BotchSet {
  readonly graph: BotchGraph;
  /** The sources of the graph. All their build dependencies stand in fields that count without `Architecture: all`: botch reads all. */
  readonly sources: string;
  /** What botch's install sets are made of, `Architecture: all` binaries among them. */
  readonly packages: string;
}

/**
 * Botch's self-contained set (essential, build-essential, apt, debhelper and what they need) and its graph, from
 * `DEBPLAN_SYSTEM_DIR/botch`: one folder for each content of the lists; else by `botch-native`, which takes three minutes.
 */
export function makeBotchSet({ sources, packages }: IndexLists, arch: string): BotchSet {
  const binaries = packages.get(arch);
  if (binaries === undefined) throw new Error(`no Packages list of ${arch}`);
  const hash = createHash('sha256');
  for (const path of [findBotch(), binaries, sources]) hash.update(readFileSync(path));
  const parent = resolve(process.env['DEBPLAN_SYSTEM_DIR'] ?? '', 'botch');
  const folder = join(parent, hash.digest('hex'));
  if (!existsSync(folder)) {
    const partial = join(parent, 'partial');
    rmSync(partial, { recursive: true, force: true });
    runBotch(partial, [arch, binaries, sources]);
    renameSync(partial, folder);
  }
  const graph = parseBotchGraph(readFileSync(join(folder, 'out', 'buildgraph.xml'), 'utf8'));
  const own = join(folder, 'Sources');
  writeFileSync(own, sourcesOf(readFileSync(sources, 'utf8'), graph));
  return { graph, sources: own, packages: join(folder, 'tmp', 'minimal-closure') };
}

/** Runs botch-native up to the graph. Its own search for a feedback arc set, ten minutes more, is not asked for. */
function runBotch(folder: string, args: readonly string[]): void {
  const tools = join(folder, 'tools');
  mkdirSync(tools, { recursive: true });
  // the first tools that it calls with the graph
  writeFileSync(join(tools, 'botch-print-stats'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(tools, 'ydump'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  // its scripts want Debian's own Python, whatever else is installed
  const env = { ...process.env, PATH: `${tools}:/usr/bin:/bin:${process.env['PATH'] ?? ''}` };
  const options = ['--self-contained', `--tmp=${join(folder, 'tmp')}`, `--output=${join(folder, 'out')}`];
  const ran = spawnSync('botch-native', [...options, ...args], {
    env,
    encoding: 'utf8',
    maxBuffer: MAX_TALK_BYTES,
  });
  if (!ran.stdout.includes('print-stats failed'))
    throw new Error(`botch-native: ${ran.stdout}\n${ran.stderr.slice(-2000)}`);
}

/** The stanzas of the graph's sources, with their build dependencies in `Build-Depends` and `-Arch`. */
function sourcesOf(index: string, { sources }: BotchGraph): string {
  const wanted = new Set(sources);
  return index
    .split('\n\n')
    .filter((stanza) => wanted.has(/^Package: (.*)$/m.exec(stanza)?.[1] ?? ''))
    .map(mergeIndep)
    .join('\n\n');
}

const FIELD_END = String.raw`:(.*(?:\n[ \t].*)*)\n`;
const ARCH = new RegExp(`^Build-Depends-Arch${FIELD_END}`, 'm');
const INDEP = new RegExp(`^Build-Depends-Indep${FIELD_END}`, 'm');

function mergeIndep(stanza: string): string {
  const text = `${stanza.trimEnd()}\n`;
  const [, indep] = INDEP.exec(text) ?? [];
  if (indep === undefined) return text;
  const [, arch] = ARCH.exec(text) ?? [];
  const merged = arch === undefined ? indep : `${arch.trimEnd().replace(/,$/, '')},${indep}`;
  return `${text.replace(INDEP, '').replace(ARCH, '')}Build-Depends-Arch:${merged}\n`;
}

/** Whether botch is installed. */
export function hasBotch(): boolean {
  return spawnSync('sh', ['-c', 'command -v botch-native']).status === 0;
}

function findBotch(): string {
  return execFileSync('sh', ['-c', 'command -v botch-native'], { encoding: 'utf8' }).trim();
}

const Vertex = z.object({ kind: z.enum(['SrcPkg', 'InstSet']), name: z.string() });

/** Reads the GraphML that botch-create-graph writes: one tag a line. */
function parseBotchGraph(xml: string): BotchGraph {
  const vertices = new Map<string, z.infer<typeof Vertex>>();
  for (const [, id = '', body = ''] of xml.matchAll(/<node id="([^"]*)">(.*?)<\/node>/gs)) {
    const cells = [...body.matchAll(/<data key="([^"]*)">([^<]*)<\/data>/g)].map(([, key, text]) => [
      key,
      text,
    ]);
    vertices.set(id, Vertex.parse(Object.fromEntries(cells)));
  }
  const nameOf = (id: string): string => Vertex.parse(vertices.get(id)).name;
  const builders = new Map<string, string[]>();
  const edges: (readonly [source: string, installSet: string])[] = [];
  for (const [, from = '', to = ''] of xml.matchAll(/<edge [^>]*source="([^"]*)" target="([^"]*)"/g)) {
    if (vertices.get(from)?.kind === 'SrcPkg') edges.push([from, to]);
    else builders.set(from, [...(builders.get(from) ?? []), nameOf(to)]);
  }
  const relations = edges.map(([from, to]): BotchRelation => ({
    source: nameOf(from),
    binary: nameOf(to),
    needs: (builders.get(to) ?? []).sort(),
  }));
  const key = ({ source, binary }: BotchRelation): string => `${source} ${binary}`;
  return {
    sources: [...vertices.values()].flatMap(({ kind, name }) => (kind === 'SrcPkg' ? [name] : [])).sort(),
    relations: relations.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
  };
}

/** Reads botch's lists: `BINARY` a line, and `src:SOURCE BINARY…`; `#` begins a comment. */
export function readDroppableLists(): DroppableLists {
  const folder = resolve(findBotch(), '../../share/botch/droppable');
  const linesOf = (name: string): readonly (readonly string[])[] =>
    readFileSync(join(folder, `${name}.list`), 'utf8')
      .split('\n')
      .map((line) =>
        line
          .replace(/#.*/, '')
          .split(' ')
          .filter((word) => word !== ''),
      )
      .filter((words) => words.length > 0);
  const reduced = new Map<string, Set<string>>();
  for (const [source = '', ...binaries] of REDUCED.flatMap(linesOf)) {
    const name = source.replace(/^src:/, '');
    reduced.set(name, new Set([...(reduced.get(name) ?? []), ...binaries]));
  }
  return { weak: new Set(linesOf(WEAK).flat()), reduced };
}

/** Whether the lists name the build dependency, by the binary that is taken for it. */
export function isDroppable({ weak, reduced }: DroppableLists, source: string, binary: string): boolean {
  return weak.has(binary) || reduced.get(source)?.has(binary) === true;
}
