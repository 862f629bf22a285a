import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch'];

/** Why no cluster can be started here; undefined: one can. */
export function whyNoSlurm(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root starts slurmd';
  const missing = PROGRAMS.filter(
    (name) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${name}`]).status !== 0,
  );
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

export interface ClusterNode {
  readonly name: string;
  /** A feature of the node. */
  readonly arch: string;
  readonly cpus: number;
  /** Of memory. */
  readonly mebibytes: number;
  readonly ramDiskMebibytes: number;
}

/** What slurmctld wrote when a job had ended. */
export interface EndedJob {
  readonly job: string;
  readonly name: string;
  readonly state: string;
  readonly node: string;
}

/** A real cluster on loopback, all of it below one temporary folder: munged, slurmctld, and a slurmd for each node. */
export class SlurmCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'debplan-slurm-'));
  readonly #nodes: readonly ClusterNode[];
  readonly #daemons = new Map<string, ChildProcess>();

  private constructor(nodes: readonly ClusterNode[]) {
    this.#nodes = nodes;
  }

  /** @param settings further lines of slurm.conf */
  static async start(nodes: readonly ClusterNode[], settings: readonly string[] = []): Promise<SlurmCluster> {
    const cluster = new SlurmCluster(nodes);
    try {
      await cluster.#write(settings);
      cluster.#daemon('munged', [
        ...['--foreground', '--force', `--key-file=${cluster.#path('munge.key')}`],
        ...[`--socket=${cluster.#path('munge.sock')}`, `--pid-file=${cluster.#path('munged.pid')}`],
        ...[`--log-file=${cluster.#path('munged.log')}`, `--seed-file=${cluster.#path('munged.seed')}`],
      ]);
      await until('munged listens', () => existsSync(cluster.#path('munge.sock')));
      cluster.#daemon('slurmctld', ['-D', '-c', '-f', cluster.#path('slurm.conf')]);
      for (const { name } of nodes) cluster.startNode(name);
      await until('all nodes are idle', () => {
        const states = cluster.run('sinfo', '--noheader', '--Node', '--format=%T').stdout.split('\n');
        return states.filter((state) => state === 'idle').length === nodes.length;
      });
    } catch (error) {
      const log = cluster.log();
      await cluster.stop();
      throw new Error(`the cluster did not come up:\n${log}`, { cause: error });
    }
    return cluster;
  }

  /** What a program needs to talk to this cluster. */
  get env(): Readonly<Record<string, string>> {
    return { SLURM_CONF: this.#path('slurm.conf'), PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
  }

  run(
    program: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    return spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...this.env } });
  }

  /** Ids of the jobs that wait or run. */
  queue(): readonly string[] {
    return this.run('squeue', '--noheader', '--format=%i').stdout.split('\n').slice(0, -1);
  }

  startNode(name: string): void {
    this.#daemon('slurmd', ['-D', '-N', name, '-f', this.#path('slurm.conf')], name);
  }

  /** As if its plug were pulled: slurmd is killed with all that its jobs run, and the controller need not wait until it finds out. */
  async killNode(name: string): Promise<void> {
    const daemon = this.#daemons.get(name);
    if (daemon?.pid === undefined) throw new Error(`${name} does not run`);
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    process.kill(daemon.pid, 'SIGKILL');
    await ended;
    for (const pid of this.#processesOf(name)) kill(pid);
    this.#daemons.delete(name);
    this.run('scontrol', 'update', `NodeName=${name}`, 'State=DOWN', 'Reason=unplugged');
  }

  /** All jobs that have ended so far, in the order of their ends. */
  ended(): readonly EndedJob[] {
    const field = (line: string, name: string): string =>
      new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? '';
    const lines = existsSync(this.#path('jobcomp'))
      ? readFileSync(this.#path('jobcomp'), 'utf8').split('\n').slice(0, -1)
      : [];
    return lines.map((line) => ({
      job: field(line, 'JobId'),
      name: field(line, 'Name'),
      state: field(line, 'JobState'),
      node: field(line, 'NodeList'),
    }));
  }

  log(): string {
    return ['slurmctld.log', ...this.#nodes.map(({ name }) => `slurmd-${name}.log`)]
      .map((name) => this.#path(name))
      .filter((path) => existsSync(path))
      .map((path) => `${path}:\n${readFileSync(path, 'utf8').slice(-2000)}`)
      .join('\n');
  }

  /** Ends all that was started, and removes the folder. */
  async stop(): Promise<void> {
    const ended = [...this.#daemons.values()].map((daemon) => {
      if (daemon.pid === undefined || daemon.exitCode !== null || daemon.signalCode !== null)
        return Promise.resolve();
      const end = new Promise((resolve) => daemon.once('exit', resolve));
      kill(daemon.pid);
      return end;
    });
    await Promise.all(ended);
    for (const { name } of this.#nodes) for (const pid of this.#processesOf(name)) kill(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  #daemon(program: string, args: readonly string[], name = program): void {
    const output = openSync(this.#path(`${name}.out`), 'a');
    const stdio = ['ignore', output, output] as const;
    const daemon = spawn(program, args, { stdio: [...stdio], env: { ...process.env, ...this.env } });
    closeSync(output);
    this.#daemons.set(name, daemon);
  }

  /** What runs for the jobs of a node: slurmstepd and all below it, in any order. */
  #processesOf(node: string): readonly number[] {
    const found = new Set<number>();
    for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
      const environment = readProc(pid, 'environ').split('\0');
      const isHere = environment.includes(`SLURM_CONF=${this.#path('slurm.conf')}`);
      if (!isHere || !environment.includes(`SLURMD_NODENAME=${node}`)) continue;
      found.add(pid);
      const parent = Number(/^PPid:\s*(\d+)/m.exec(readProc(pid, 'status'))?.[1]);
      if (readProc(parent, 'cmdline').startsWith('slurmstepd')) found.add(parent);
    }
    return [...found];
  }

  async #write(settings: readonly string[]): Promise<void> {
    const [controller, ...ports] = await freePorts(this.#nodes.length + 1);
    writeFileSync(this.#path('munge.key'), Buffer.alloc(128, 7), { mode: 0o600 });
    mkdirSync(this.#path('state'));
    const nodes = this.#nodes.map(
      ({ name, arch, cpus, mebibytes, ramDiskMebibytes }, index) =>
        `NodeName=${name} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${String(ports[index])} CPUs=${cpus} RealMemory=${mebibytes} Gres=ramdisk:${ramDiskMebibytes} Feature=${arch}`,
    );
    const conf = [
      ...['ClusterName=debplan', 'SlurmctldHost=localhost(127.0.0.1)', 'SlurmUser=root', 'SlurmdUser=root'],
      ...[`AuthInfo=socket=${this.#path('munge.sock')},cred_expire=5`, `SlurmctldPort=${String(controller)}`],
      ...[`StateSaveLocation=${this.#path('state')}`, `SlurmdSpoolDir=${this.#path('spool-%n')}`],
      ...[`SlurmctldPidFile=${this.#path('ctld.pid')}`, `SlurmdPidFile=${this.#path('slurmd-%n.pid')}`],
      ...[`SlurmctldLogFile=${this.#path('slurmctld.log')}`, `SlurmdLogFile=${this.#path('slurmd-%n.log')}`],
      ...['ProctrackType=proctrack/linuxproc', 'TaskPlugin=task/none', 'SlurmdParameters=config_overrides'],
      ...['ReturnToService=2', 'SlurmdTimeout=10', 'MinJobAge=5', 'KillWait=2'],
      'SchedulerParameters=bf_interval=1,sched_interval=1,sched_min_interval=0,batch_sched_delay=0',
      ...['SelectType=select/cons_tres', 'SelectTypeParameters=CR_CPU_Memory', 'GresTypes=ramdisk'],
      ...['JobCompType=jobcomp/filetxt', `JobCompLoc=${this.#path('jobcomp')}`],
      ...settings,
      ...nodes,
      'PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP',
    ];
    const gres = this.#nodes.map(
      ({ name, ramDiskMebibytes }) =>
        `NodeName=${name} Name=ramdisk Count=${ramDiskMebibytes} Flags=CountOnly`,
    );
    writeFileSync(this.#path('slurm.conf'), `${conf.join('\n')}\n`);
    writeFileSync(this.#path('gres.conf'), `${gres.join('\n')}\n`);
  }
}

/** Looks again and again until something holds, for a minute at most. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited for a minute until ${what}`);
    await delay(50);
  }
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, 'latin1');
  } catch {
    return ''; // it has ended meanwhile
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it has ended meanwhile
  }
}

/** Ports that nobody listened on a moment ago. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => {
            const address: AddressInfo | string | null = server.address();
            resolve(typeof address === 'object' && address !== null ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
