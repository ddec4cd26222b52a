// Browsers that mind what a console says: an error, a hydration warning or a breach of the content policy fails the test.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const PHONE = { width: 360, height: 740 };
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // Not this one.
    }
  }
  throw new Error('no Chromium found: run make setup, or set CHROMIUM');
}

/// Starts a browser. `camera` is a file that its camera shows, made by camera.mjs; `shy` gives it a camera that a page must
/// ask for, and nobody says yes. Without either it has none.
export function openBrowser({ camera, shy = false } = {}) {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ];
  if (shy) args.push('--use-fake-device-for-media-stream');
  if (camera) {
    args.push(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
    );
  }
  return chromium.launch({ executablePath: findChromium(), headless: true, args });
}

/// Opens a page of its own (cookies, storage). `javaScript: false` is a phone without it; `allow` lists what its console
/// may say all the same, as regular expressions.
export async function openPage(browser, { javaScript = true, viewport = PHONE, allow = [], language = 'en-KE', ...more } = {}) {
  const context = await browser.newContext({
    javaScriptEnabled: javaScript,
    viewport,
    locale: language,
    timezoneId: 'Africa/Nairobi',
    serviceWorkers: 'allow',
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  watch(page, allow);
  return page;
}

function watch(page, allow) {
  const faults = [];
  const note = (text) => {
    if (!allow.some((pattern) => pattern.test(text))) faults.push(text);
  };
  page.on('console', (message) => {
    const text = message.text();
    const isFault = message.type() === 'error' || /hydrat|Content.Security.Policy|panicked/i.test(text);
    if (isFault) note(`${message.type()}: ${text} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(`thrown: ${error.message}`));
  page.faults = faults;
}

/// Says that the page had nothing to complain about so far.
export function assertClean(page) {
  assert.deepEqual(page.faults, [], `the console of ${page.url()}`);
}

/// Says that a field tells its own fault, to eyes and to screen readers; gives the sentence.
export async function faultAt(page, label) {
  const field = page.getByLabel(label, { exact: true }).first();
  await page.waitForFunction((element) => element.getAttribute('aria-invalid') === 'true', await field.elementHandle());
  const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
  const told = ids.find((id) => id.endsWith('-fault'));
  assert.ok(told, `${label} is described by ${ids.join(', ')}`);
  const sentence = page.locator(`[id="${told}"]`);
  assert.ok(await sentence.isVisible(), `the fault of ${label} shows`);
  return (await sentence.innerText()).trim();
}

/// Waits until the page has been taken over by the browser's code; without JavaScript there is nothing to wait for.
export async function settled(page) {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => document.documentElement.dataset.hydrated !== undefined, null, { timeout: 30_000 });
}
