// A Lango of the test's own: the built binary with --dev on free ports, in a fresh data folder, with its own Postgres,
// simulated M-Pesa and demo data. Ended by its process id, whatever becomes of the test.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');
export const target = join(root, 'target');
const START_MAX_MS = 120_000;
const STOP_MAX_MS = 30_000;

const freePort = () => new Promise((done, fail) => {
  const probe = createServer();
  probe.once('error', fail);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});

/// Starts Lango; `settings` are environment variables that differ from the usual ones. Without `dev` it is empty. `data` is
/// the folder of one that was stopped and kept.
export async function startLango({ settings = {}, dev = true, data: kept } = {}) {
  const data = kept ?? await mkdtemp(join(tmpdir(), 'lango-end2end-'));
  // When root starts it, Postgres runs as a user of its own, who must be able to get in; else its cluster would be laid
  // elsewhere, and stay behind.
  await chmod(data, 0o755);
  const [port, simPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    LANGO_ADDR: `127.0.0.1:${port}`,
    LANGO_DATA: data,
    LANGO_SITE: process.env.LANGO_SITE ?? join(target, 'site'),
    MPESA_BASE_URL: `http://127.0.0.1:${simPort}/daraja`,
    RUST_BACKTRACE: '0',
    ...settings,
  };
  // The cluster is the test's own, however the machine is set up.
  delete env.DATABASE_URL;
  await mkdir(target, { recursive: true });
  const log = join(target, `end2end-${basename(process.argv[1] ?? 'lango', '.test.mjs')}.log`);
  const child = spawn(process.env.LANGO_BIN ?? join(target, 'debug/lango'), dev ? ['serve', '--dev'] : ['serve'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = createWriteStream(log);
  child.stdout.pipe(out, { end: false });
  child.stderr.pipe(out, { end: false });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const lango = {
    url,
    data,
    log,
    pid: child.pid,
    sim: `http://127.0.0.1:${simPort}/_sim`,
    async stop({ keep = false } = {}) {
      child.kill('SIGTERM');
      const code = await Promise.race([ended, sleep(STOP_MAX_MS, 'timeout', { ref: false })]);
      process.removeListener('exit', kill);
      if (code === 'timeout') kill();
      if (!keep) await rm(data, { recursive: true, force: true });
      if (code !== 0) throw new Error(`lango ended with ${code}, see ${log}`);
    },
  };
  try {
    await untilReady(url, ended, log);
  } catch (error) {
    kill();
    await rm(data, { recursive: true, force: true });
    throw error;
  }
  return lango;
}

async function untilReady(url, ended, log) {
  let code = null;
  ended.then((end) => { code = end; });
  for (const began = Date.now(); Date.now() - began < START_MAX_MS; await sleep(25)) {
    if (code !== null) throw new Error(`lango ended with ${code} at its start, see ${log}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`lango was not ready after ${START_MAX_MS} ms, see ${log}`);
}
