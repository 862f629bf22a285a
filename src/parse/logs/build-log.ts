import { parseAptSizes } from './apt-sizes.ts';
import { parseBuildOptions, sortedNames } from './build-options.ts';
import { diskUnit, parseDiskUsage, type DiskUsage } from './disk-usage.ts';
import { parseHeadBox, type HeadBox, type LogHead } from './log-head.ts';
import { boxTitle, isBoxEdge, sectionOf, type LogSection } from './log-section.ts';
import { chrootSizes, wasFull, type SpaceMoment } from './log-space.ts';
import { kindOf, LogFields, outcomeOf } from './log-summary.ts';
import { parseLogTime } from './log-times.ts';
import type { LoggedBuild, LogReading } from './logged-build.ts';
import { parsePackageLine } from './package-line.ts';

/** How near to its end a build must have met a full disk for having failed by it: tests try that too. */
const NEAR_END_LINES = 200;
const CHECKS: readonly string[] = ['Lintian', 'Piuparts', 'Autopkgtest'];

/** The log of one build as it is read, line by line. */
export class BuildLog {
  readonly #head: LogHead;
  readonly #startLine: number;
  readonly #fields = new LogFields();
  readonly #packages = new Map<string, number>();
  readonly #usage = new Map<SpaceMoment, DiskUsage>();
  #section: LogSection = 'head';
  #previous = '';
  #line = 0;
  #box: HeadBox | undefined;
  #diskUnit: number | undefined;
  #hooksEnded = false;
  #options: string | undefined;
  #jobs: number | undefined;
  #dependsBytes: number | undefined;
  #downloadBytes: number | undefined;
  #startedMs: number | undefined;
  #finishedMs: number | undefined;
  #needed: { readonly ms: number; readonly bytes: number | undefined } | undefined;
  #buildEnd: number | undefined;
  #full: { readonly section: LogSection; readonly line: number } | undefined;
  #wasKilled = false;
  #wasBuilt = false;

  constructor(head: LogHead, startLine: number) {
    this.#head = head;
    this.#startLine = startLine;
  }

  add(line: string): void {
    this.#line++;
    const previous = this.#previous;
    this.#previous = line;
    if (this.#section === 'done') return;
    const title = isBoxEdge(previous) ? boxTitle(line) : undefined;
    if (title !== undefined) {
      this.#enter(title);
      return;
    }
    if (line === '') return;
    this.#noteTrouble(line);
    this.#read(line);
  }

  #enter(title: string): void {
    if (this.#section === 'head') this.#box ??= parseHeadBox(title);
    const section = sectionOf(title);
    if (section === undefined) return;
    this.#section = section;
    this.#diskUnit = undefined;
    this.#hooksEnded = false;
  }

  #noteTrouble(line: string): void {
    if (
      /No space left on device|don't have enough free space|probably not sufficient for building/.test(line)
    ) {
      if (!line.includes('/dev/full')) this.#full = { section: this.#section, line: this.#line };
    } else if (/^(?:E: )?Build killed with signal /.test(line)) this.#wasKilled = true;
  }

  #read(line: string): void {
    switch (this.#section) {
      case 'head':
        this.#readHead(line);
        return;
      case 'setup':
      case 'starting':
      case 'finished':
        this.#readHooks(this.#section, line);
        this.#readBuild(line);
        return;
      case 'build':
        this.#readBuild(line);
        return;
      case 'install':
        this.#readInstall(line);
        return;
      case 'changes':
        this.#readChanges(line);
        return;
      case 'buildinfo':
        if (line.startsWith(' DEB_BUILD_OPTIONS=')) this.#options = line.slice(19);
        return;
      case 'summary':
        this.#fields.add(line);
        this.#readEnd(line);
        return;
      case 'other':
      case 'done':
    }
  }

  /** Logs without sections stay in their head. */
  #readHead(line: string): void {
    this.#fields.add(line);
    if (this.#head.job === undefined) return;
    if (line.startsWith('Build started at ')) this.#startedMs = parseLogTime(line.slice(17));
    else if (line.startsWith('Built successfully')) this.#wasBuilt = true;
    const jobs = /^Initiating build \S+ with (\d{1,5}) jobs/.exec(line)?.[1];
    if (jobs !== undefined) this.#jobs = Number(jobs);
    this.#readBuild(line);
    this.#readInstall(line);
    this.#readEnd(line);
  }

  #readHooks(section: SpaceMoment, line: string): void {
    if (this.#hooksEnded) return;
    if (line.startsWith('Finished processing commands')) this.#hooksEnded = true;
    else if (line.startsWith('Filesystem')) this.#diskUnit = diskUnit(line);
    else if (this.#diskUnit !== undefined && !this.#usage.has(section)) {
      const usage = parseDiskUsage(line, this.#diskUnit);
      if (usage !== undefined) this.#usage.set(section, usage);
    }
  }

  #readBuild(line: string): void {
    if (line.startsWith('DEB_BUILD_OPTIONS=')) this.#options ??= line.slice(18);
    else if (line.startsWith('Build finished at ')) this.#buildEnd = this.#line;
    else if (line.startsWith('Command: dpkg-buildpackage ')) {
      const jobs = / -j(\d{1,5})(?: |$)/.exec(line)?.[1];
      if (jobs !== undefined) this.#jobs = Number(jobs);
    }
  }

  #readInstall(line: string): void {
    const sizes = parseAptSizes(line);
    if (sizes?.downloadBytes !== undefined)
      this.#downloadBytes = (this.#downloadBytes ?? 0) + sizes.downloadBytes;
    if (sizes?.dependsBytes !== undefined)
      this.#dependsBytes = (this.#dependsBytes ?? 0) + sizes.dependsBytes;
  }

  #readChanges(line: string): void {
    const packed = parsePackageLine(line);
    if (packed !== undefined) this.#packages.set(packed.file, packed.bytes);
  }

  #readEnd(line: string): void {
    if (line.startsWith('Finished at ')) this.#finishedMs = parseLogTime(line.slice(12));
    const needed = /^Build needed (\d{1,5}):(\d\d):(\d\d), (?:(\d{1,15})k|no) dis[ck] space$/.exec(line);
    if (needed === null) return;
    const [, hours, minutes, seconds, kibibytes = '0'] = needed;
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    this.#needed = { ms, bytes: kibibytes === '0' ? undefined : Number(kibibytes) * 1024 };
    this.#section = 'done';
  }

  /** What the lines tell, now that there are no more. */
  finish(): LogReading {
    const line = this.#startLine;
    const status = this.#fields.get('Status') ?? this.#statusOfOldLog();
    if (status === undefined) return { kind: 'skipped', line, reason: 'cut-short' };
    const outcome = outcomeOf(status);
    if (outcome === undefined) return { kind: 'skipped', line, reason: 'not-built' };
    const [jobName, jobVersion] = this.#head.job?.name.split('_') ?? [];
    const source = this.#fields.get('Package') ?? jobName;
    const version = this.#fields.get('Source-Version') ?? this.#fields.get('Version') ?? jobVersion;
    const host = this.#fields.get('Host-Architecture') ?? this.#box?.hostArch ?? this.#head.job?.arch;
    const arch = host ?? this.#fields.get('Architecture');
    if (source === undefined || version === undefined || arch === undefined) {
      return { kind: 'skipped', line, reason: 'no-version' };
    }
    const build = this.#makeBuild(source, version.replace(/\+b\d+$/, ''), arch, outcome);
    return { kind: 'build', line, ...build };
  }

  #statusOfOldLog(): string | undefined {
    if (this.#needed === undefined || this.#head.job === undefined) return undefined;
    return this.#wasBuilt ? 'successful' : 'failed';
  }

  #makeBuild(
    source: string,
    version: string,
    host: string,
    status: LoggedBuild['outcome'],
  ): { readonly build: LoggedBuild; readonly problems: readonly string[] } {
    const fields = this.#fields;
    const isBuilt = status === 'built';
    const kind = kindOf(fields.get('Build-Type'));
    const treeBytes = fields.kibibytes('Build-Space') ?? fields.kibibytes('Space') ?? this.#needed?.bytes;
    const { problem, ...sizes } = chrootSizes(this.#usage, treeBytes);
    const options = this.#options === undefined ? undefined : parseBuildOptions(this.#options);
    const failStage = isBuilt ? undefined : fields.get('Fail-Stage');
    const buildArch = fields.get('Build-Architecture') ?? this.#box?.buildArch ?? host;
    const build: LoggedBuild = {
      tool: 'sbuild',
      toolVersion: this.#head.toolVersion,
      source,
      version,
      arch: kind === 'all' ? 'all' : host,
      buildArch,
      kind,
      suite: fields.get('Distribution'),
      profiles: this.#profiles(options?.profiles),
      builder: this.#head.builder,
      startedMs: this.#box?.startedMs ?? this.#startedMs,
      endedMs: this.#finishedMs,
      wallMs:
        fields.milliseconds('Package-Time', isBuilt) ??
        (this.#needed?.ms === 0 ? undefined : this.#needed?.ms),
      installMs: fields.milliseconds('Install-Time', isBuilt),
      buildMs: fields.milliseconds('Build-Time', isBuilt),
      makeJobs: options?.makeJobs ?? this.#jobs,
      ...sizes,
      dependsBytes: this.#dependsBytes,
      downloadBytes: this.#downloadBytes,
      treeBytes,
      packageBytes: this.#packageBytes(),
      outcome: isBuilt ? status : this.#whyNot(status, failStage),
      failStage,
      checks: CHECKS.filter((key) => fields.get(key) !== undefined).map((key) => key.toLowerCase()),
    };
    return { build, problems: problem === undefined ? fields.problems : [...fields.problems, problem] };
  }

  #profiles(options: readonly string[] | undefined): readonly string[] | undefined {
    const named = this.#fields.get('Build-Profiles');
    if (named === undefined && options === undefined) return undefined;
    return sortedNames([...(named ?? '').split(/[\s,]+/), ...(options ?? [])]);
  }

  #packageBytes(): number | undefined {
    if (this.#packages.size === 0) return undefined;
    return [...this.#packages.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  #whyNot(status: LoggedBuild['outcome'], failStage: string | undefined): LoggedBuild['outcome'] {
    if (this.#metFullDisk()) return 'no-space';
    return this.#wasKilled || failStage === 'abort' ? 'killed' : status;
  }

  #metFullDisk(): boolean {
    if (this.#full === undefined) return false;
    const { section, line } = this.#full;
    const isBuilding = section === 'build' || section === 'starting' || this.#head.job !== undefined;
    if (!isBuilding || this.#buildEnd === undefined) return true;
    return line > this.#buildEnd - NEAR_END_LINES || wasFull(this.#usage);
  }
}
