// Measures an on-sale over HTTP: the release build as server, its own Postgres, its simulated M-Pesa and the driver (`lango
// load`), all on the same cores. Each figure is a line of JSON on the standard output. Fails when a promise was broken.
import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLango, target } from './kit/lango.mjs';

const TICKETS = 50_000;
const EVENTS = 200;
/// Share of the highest rate at which waiting is measured.
const SHARE = 0.8;

const tell = (name, value, unit) => console.log(JSON.stringify({ name, value: Math.round(value * 10) / 10, unit }));

const lango = await startLango({ dev: false, settings: { LANGO_PROXY_HOPS: '1', MPESA_ALLOW_SIMULATOR: 'true' } });
const binary = process.env.LANGO_BIN ?? join(target, 'debug/lango');
const ledger = join(lango.data, 'ledger.jsonl');
const file = (name) => join(lango.data, `${name}.json`);
// Those that look into the database find the cluster by the data folder.
const env = { ...process.env, LANGO_DATA: lango.data };
delete env.DATABASE_URL;
const run = (...args) => execFileSync(binary, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const stage = (name, ...args) => run('load', 'stage', '--programme', file(name), ...args);

/// Drives a scenario; gives its figures by name.
const drive = (scenario, name, seconds, ...args) => {
  const out = run('load', scenario, '--programme', file(name), '--target', lango.url, '--forwarded', '--ledger', ledger, '--seconds', `${seconds}`, ...args);
  const figures = Object.fromEntries(out.trim().split('\n').map((line) => JSON.parse(line)).map(({ name: key, value }) => [key, value]));
  for (const [key, value] of Object.entries(figures)) {
    if (key.endsWith('_failed') && value > 0) throw new Error(`${value} visits of ${scenario} failed`);
  }
  return figures;
};

const { host } = new URL(lango.sim);
const phones = spawn(binary, ['sim', '--addr', host, '--mode', 'approve', '--end-with-parent'], { stdio: ['pipe', 'ignore', 'inherit'] });
const ended = new Promise((done) => phones.once('exit', done));
try {
  for (const name of ['hot', 'rush', 'payers', 'sellout']) stage(name, '--capacity', `${TICKETS}`);
  stage('spread', '--events', `${EVENTS}`, '--capacity', '1000');
  stage('waiting', '--waiting-room', '--gates', '4', '--gate-tickets', '1000');
  stage('gate', '--gates', '4', '--gate-tickets', '1000', '--capacity', '10');
  const many = ['--visitors', '256', '--connections', '128'];

  const { hold_per_s_hot: perSecond } = drive('hot', 'hot', 8, ...many);
  tell('hold_per_s_hot', perSecond, '1/s');
  const rush = drive('hot', 'rush', 8, '--rate', `${SHARE * perSecond}`, '--connections', '128');
  tell('hold_p99_ms', rush.hold_p99_ms, 'ms');
  tell('spread_per_s', drive('spread', 'spread', 8, ...many).spread_per_s, '1/s');
  tell('gate_p99_ms', drive('gate', 'gate', 5, '--rate', '50').gate_p99_ms, 'ms');
  const waiting = drive('waiting', 'waiting', 15, '--visitors', '10000', '--rate', '50', '--connections', '256');
  tell('waiting_10k_gate_p99_ms', waiting.waiting_gate_p99_ms, 'ms');
  tell('waiting_10k_looks_per_s', waiting.waiting_looks_per_s, '1/s');
  tell('paid_per_s_hot', drive('hot', 'payers', 12, '--pay', '--visitors', '400').paid_per_s_hot, '1/s');
  const { sellout_s: seconds } = drive('hot', 'sellout', 120, '--tickets', '4', '--until-sold-out', ...many);
  if (seconds) tell('sellout_s', seconds, 's');
  const status = await readFile(`/proc/${lango.pid}/status`, 'utf8');
  tell('memory_mb', Number(status.match(/VmHWM:\s+(\d+)/)[1]) * 1024 / 1e6, 'MB');

  // Fails by itself when something acknowledged is not there, or a promise is broken.
  const found = run('load', 'check', '--ledger', ledger);
  const oversold = found.trim().split('\n').map((line) => JSON.parse(line)).find(({ name }) => name === 'oversold');
  tell('oversold', oversold.value, 'tickets');
  run('audit');
} finally {
  phones.stdin.end();
  await Promise.race([ended, sleep(5_000)]);
  phones.kill('SIGKILL');
  await lango.stop();
}
