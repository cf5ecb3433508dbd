/** A PostgreSQL server of the test's own, in a directory that is gone afterwards, where the machine has the programs. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** Debian keeps the programs of each version apart and off the path; the newest will do. */
function findPrograms(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).filter((name) => /^\d+$/.test(name)) : [];
  const [newest] = versions.toSorted((a, b) => Number(b) - Number(a));
  if (newest !== undefined && existsSync(join(DEBIAN, newest, 'bin', 'initdb')))
    return join(DEBIAN, newest, 'bin');
  const found = spawnSync('sh', ['-c', 'dirname "$(command -v initdb)"'], { encoding: 'utf8' });
  const directory = found.stdout.trim();
  return existsSync(join(directory, 'initdb')) ? directory : null;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The server refuses to run as root; Debian's package brings a user for it. */
function findUser(): User | null {
  const idOf = (option: string): number =>
    Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout.trim() || Number.NaN);
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null;
}

const PROGRAMS = findPrograms();
const IS_ROOT = process.getuid?.() === 0;
const USER = IS_ROOT ? findUser() : null;
const IS_ABSENT = PROGRAMS === null || (IS_ROOT && USER === null);

/** Null where a server can be started. */
export const postgresAbsentReason: string | null = IS_ABSENT
  ? 'this machine has no PostgreSQL (initdb and pg_ctl), or no user to run it'
  : null;

const SETTINGS = [
  "listen_addresses = ''",
  'max_connections = 30',
  'shared_buffers = 16MB',
  'min_wal_size = 32MB',
  'max_wal_size = 64MB',
  // The server of a test may wait for the checkpoint of the one before.
  'checkpoint_timeout = 1h',
  'autovacuum = off',
];

export class PostgresCluster {
  /** The socket lies here. */
  readonly directory: string;
  readonly data: string;

  private constructor(directory: string, data: string) {
    this.directory = directory;
    this.data = data;
  }

  /** @param parent where the data is to lie, if not in the system's directory for such things. */
  static start(parent: string = tmpdir()): PostgresCluster {
    const cluster = PostgresCluster.at(mkdtempSync(join(parent, 'tillfree-postgres-')));
    cluster.makeDirectory(cluster.data);
    cluster.run('initdb', [
      '--pgdata',
      cluster.data,
      '--auth=trust',
      '--username=tillfree',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ]);
    appendFileSync(join(cluster.data, 'postgresql.conf'), `${SETTINGS.join('\n')}\n`);
    cluster.startAgain();
    return cluster;
  }

  /** One that was started before, from a copy of its files; the process that its locks name is that of the original. */
  static copied(directory: string): PostgresCluster {
    const cluster = PostgresCluster.at(directory);
    const locks = [join(cluster.data, 'postmaster.pid'), join(directory, '.s.PGSQL.5432.lock')];
    for (const lock of locks) rmSync(lock, { force: true });
    return cluster;
  }

  private static at(directory: string): PostgresCluster {
    chmodSync(directory, 0o755);
    if (USER !== null) chownSync(directory, USER.uid, USER.gid);
    return new PostgresCluster(directory, join(directory, 'data'));
  }

  get url(): string {
    return `postgres://tillfree@localhost/postgres?host=${encodeURIComponent(this.directory)}`;
  }

  get socketPath(): string {
    return join(this.directory, '.s.PGSQL.5432');
  }

  startAgain(options: readonly string[] = []): void {
    this.run('pg_ctl', [
      'start',
      '--pgdata',
      this.data,
      '--wait',
      '--log',
      join(this.data, 'server.log'),
      '-o',
      [`-k ${this.directory}`, ...options].join(' '),
    ]);
  }

  /** A directory that the server may write to. */
  makeDirectory(path: string): void {
    mkdirSync(path);
    if (USER !== null) chownSync(path, USER.uid, USER.gid);
  }

  /** `immediate` is a crash: nothing is written any more. */
  stop(mode: 'fast' | 'immediate'): void {
    this.run('pg_ctl', ['stop', '--pgdata', this.data, '--wait', '--mode', mode]);
  }

  remove(): void {
    if (existsSync(join(this.data, 'postmaster.pid'))) this.stop('immediate');
    rmSync(this.directory, { recursive: true, force: true });
  }

  private run(program: string, given: readonly string[]): void {
    const done = spawnSync(join(PROGRAMS ?? '', program), given, {
      cwd: this.directory,
      encoding: 'utf8',
      // A server that inherits a pipe keeps it open for ever.
      stdio: ['ignore', 'ignore', program === 'pg_ctl' ? 'ignore' : 'pipe'],
      ...USER,
    });
    if (done.status === 0) return;
    const log = join(this.data, 'server.log');
    const said = existsSync(log)
      ? readFileSync(log, 'utf8').slice(-1000)
      : (done.error?.message ?? done.stderr);
    throw new Error(`${program} failed with ${done.status}: ${said}`);
  }
}
