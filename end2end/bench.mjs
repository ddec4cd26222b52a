// Measures what people and machines feel, on this machine: prints a line of JSON for each figure and keeps them in
// target/bench.jsonl. The server is the release build, the driver runs beside it on the same cores.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage, settled } from './kit/browser.mjs';
import { showPicture } from './kit/camera.mjs';
import { startLango, target } from './kit/lango.mjs';
import { TONIGHT, deskOf, holdTickets, open, pay, signIn, tickets } from './kit/steps.mjs';

const SECONDS = 10;
const ORDERS = 11;
const SCANS = 20;
const FRAMES = 60;
const KILOBYTE = 1000;

const lines = [];
const tell = (name, value, unit) => {
  const line = JSON.stringify({ name, value: Math.round(value * 10) / 10, unit });
  lines.push(line);
  console.log(line);
};
const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
};

/// What an answer weighs on the wire, compressed as a browser asks for it.
const get = (url) => new Promise((done, fail) => {
  http.get(url, { headers: { 'accept-encoding': 'br', accept: 'text/html' } }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => done({ status: answer.statusCode, bytes: Buffer.concat(parts) }));
  }).on('error', fail);
});

/// From the start of the process, in an empty folder, to the first page: the cluster and the schema are made on the way.
async function starting() {
  const began = performance.now();
  const lango = await startLango({ dev: false });
  const page = await get(`${lango.url}/`);
  const millis = performance.now() - began;
  await lango.stop();
  if (page.status !== 200) throw new Error(`the first page answered ${page.status}`);
  tell('start_ms', millis, 'ms');
}

function wrk(url, connections) {
  const { stdout, status } = spawnSync('wrk', ['-t1', `-c${connections}`, `-d${SECONDS}s`, '--latency', url], { encoding: 'utf8' });
  if (status !== 0) throw new Error('wrk failed');
  if (/Non-2xx/.test(stdout)) throw new Error(`wrk met refusals:\n${stdout}`);
  const [, amount, unit] = stdout.match(/99%\s+([\d.]+)(us|ms|s)/);
  return {
    perSecond: Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p99: Number(amount) * { us: 0.001, ms: 1, s: 1000 }[unit],
  };
}

const rssOf = async (pid) => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+)/)[1]) * 1024 / 1e6;
};

async function pages(lango, eventUrl) {
  wrk(eventUrl, 4);
  const many = wrk(eventUrl, 16);
  tell('page_per_s_c16', many.perSecond, '1/s');
  tell('rss_mb', await rssOf(lango.pid), 'MB');
  const one = wrk(eventUrl, 1);
  tell('page_per_s_c1', one.perSecond, '1/s');
  tell('page_p99_ms_c1', one.p99, 'ms');
}

async function weights(lango, eventUrl) {
  const html = await get(eventUrl);
  // Read once more without compression, to see what it links to.
  const text = await (await fetch(eventUrl, { headers: { 'accept-encoding': 'identity' } })).text();
  const files = [...new Set([...text.matchAll(/\/pkg\/[^"']+\.(?:css|js|wasm)/g)].map(([path]) => path))];
  const weight = async (pattern) => {
    const found = await Promise.all(files.filter((path) => pattern.test(path)).map((path) => get(lango.url + path)));
    return found.reduce((sum, { bytes }) => sum + bytes.length, 0);
  };
  tell('page_html_css_kb', (html.bytes.length + await weight(/\.css$/)) / KILOBYTE, 'kB');
  tell('page_wasm_kb', await weight(/\.(js|wasm)$/) / KILOBYTE, 'kB');
}

/// From the press of the pay button to the ticket on the screen; the simulated phone pays at once.
async function orders(lango, browser) {
  const page = await openPage(browser);
  const times = [];
  for (let turn = 0; turn < ORDERS; turn += 1) {
    await holdTickets(page, lango);
    const began = performance.now();
    await pay(page, { phone: `07${1000 + turn}0007` });
    await tickets(page);
    times.push(performance.now() - began);
  }
  // Filling the form is the buyer's time and not ours, but a few milliseconds of it are in here.
  tell('order_p50_ms', quantile(times, 0.5), 'ms');
  const ticket = await page.locator('article h2 a').first().getAttribute('href');
  await open(page, lango.url + ticket);
  const picture = await page.locator('.qr').first().screenshot();
  await page.context().close();
  return picture;
}

/// The gate's reader in Chromium on frames of 640×480 that show the ticket.
async function decoding(lango, browser, picture) {
  const page = await openPage(browser);
  await page.goto(`${lango.url}/dev/phone`);
  const times = await page.evaluate(async ([png, frames]) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(640, 480);
    const brush = canvas.getContext('2d', { willReadFrequently: true });
    const worker = new Worker('/reader-worker.js');
    const ask = (message, move = []) => new Promise((done, fail) => {
      worker.onmessage = ({ data }) => (data.failed ? fail(new Error(data.failed)) : done(data));
      worker.onerror = () => fail(new Error('the reader did not start'));
      worker.postMessage(message, move);
    });
    await ask({ keys: [] });
    const millis = [];
    for (let turn = 0; turn < frames; turn += 1) {
      brush.fillStyle = '#ddd';
      brush.fillRect(0, 0, 640, 480);
      brush.save();
      brush.translate(320 + (turn % 7) * 4 - 12, 240 + (turn % 5) * 4 - 8);
      brush.rotate(((turn % 11) - 5) * 0.03);
      brush.drawImage(image, -170, -170, 340, 340);
      brush.restore();
      const { data, width, height } = brush.getImageData(0, 0, 640, 480);
      const answer = await ask({ frame: data.buffer, width, height, seen: 0 }, [data.buffer]);
      if (!answer.text) continue;
      millis.push(answer.millis);
    }
    worker.terminate();
    return millis;
  }, [picture.toString('base64'), FRAMES]);
  if (times.length < FRAMES * 0.8) throw new Error(`the reader read ${times.length} of ${FRAMES} frames`);
  tell('decode_p50_ms', quantile(times, 0.5), 'ms');
  tell('decode_p95_ms', quantile(times, 0.95), 'ms');
  await page.context().close();
}

/// From the frame that the camera gives to the verdict on the screen, the server asked in between.
async function scanning(lango, browser, picture) {
  const room = await mkdtemp(join(tmpdir(), 'lango-bench-'));
  const movie = join(room, 'ticket.y4m');
  await showPicture(picture, movie);
  const desk = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  await signIn(desk, lango, 'organizer');
  await open(desk, `${await deskOf(desk, lango, TONIGHT)}/gates`);
  await desk.getByLabel('Name of the gate').fill('Bench');
  await desk.getByRole('button', { name: 'Pair a phone' }).click();
  const code = await desk.getByTestId('pairing-code').innerText();
  const gates = await openBrowser({ camera: movie });
  try {
    const gate = await openPage(gates, { viewport: { width: 412, height: 915 }, permissions: ['camera'] });
    // The moment a frame with a code is handed to the reader, and the moment its verdict stands in the page.
    await gate.addInitScript(() => {
      window.scans = [];
      let sent = 0;
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function send(...message) {
        if (message[0]?.frame) sent = performance.now();
        return post.apply(this, message);
      };
      let isShown = false;
      new MutationObserver(() => {
        const found = document.querySelector('[data-verdict]');
        if (found && !isShown) window.scans.push(performance.now() - window.lastSight);
        isShown = Boolean(found);
      }).observe(document, { subtree: true, childList: true });
      const NativeWorker = Worker;
      window.Worker = class extends NativeWorker {
        constructor(...args) {
          super(...args);
          this.addEventListener('message', ({ data }) => { if (data.text) window.lastSight = sent; });
        }
      };
    });
    await open(gate, `${lango.url}/gate`);
    await gate.getByLabel('Pairing code').fill(code);
    await gate.getByRole('button', { name: 'Pair', exact: true }).click();
    for (let turn = 0; turn < SCANS; turn += 1) {
      await gate.locator('[data-verdict]').click();
      await gate.locator('[data-verdict]').waitFor({ state: 'detached' });
    }
    tell('scan_verdict_p95_ms', quantile(await gate.evaluate(() => window.scans), 0.95), 'ms');
  } finally {
    await gates.close();
    await rm(room, { recursive: true, force: true });
  }
}

execFileSync('which', ['wrk'], { stdio: 'ignore' });
await starting();
const browser = await openBrowser();
// Started twice: making the demo's data takes memory that a process in service never needs.
const maker = await startLango();
await maker.stop({ keep: true });
const lango = await startLango({ data: maker.data });
try {
  const finder = await openPage(browser);
  await open(finder, `${lango.url}/`);
  await finder.getByRole('link', { name: new RegExp(TONIGHT.title) }).first().click();
  await finder.waitForURL(/\/e\//);
  await settled(finder);
  const eventUrl = finder.url();
  await finder.context().close();
  await weights(lango, eventUrl);
  await pages(lango, eventUrl);
  const picture = await orders(lango, browser);
  await decoding(lango, browser, picture);
  await scanning(lango, browser, picture);
} finally {
  await browser.close();
  await lango.stop();
  await writeFile(join(target, 'bench.jsonl'), `${lines.join('\n')}\n`);
}
