// The gate when things are not as they should be: no camera, a camera that is refused, codes by hand and by scanner, and
// tickets that must not come in.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser, openPage, settled } from '../kit/browser.mjs';
import { readPicture, showPicture } from '../kit/camera.mjs';
import { startLango } from '../kit/lango.mjs';
import {
  PAYS_AT_ONCE, deskOf, holdTickets, inviteGate, open, pairByHand, pay, scanByKeys, signIn, tickets,
} from '../kit/steps.mjs';

const FREE = 'Nairobi Film Club';
const GATE = { viewport: { width: 412, height: 915 } };
// Verdict, ground, word, what to do, and how it shakes.
const FACES = {
  admitted: ['bg-go', 'Let in', /Next, please/, [80]],
  let_out: ['bg-out', 'Gone out', /Counted as out/, [40, 60, 40]],
  already_in: ['bg-stop', 'Already in', /Came in at \d/, [300, 100, 300]],
  wrong_event: ['bg-wait', 'Another event', /Film Club/, [120, 80, 120]],
  revoked: ['bg-stop', 'Cancelled ticket', /help desk/, [300, 100, 300, 110, 60]],
  forged: ['bg-stop', 'Forged', /supervisor/, [300, 100, 300, 110, 200]],
  unknown: ['bg-ask', 'Not a ticket', /do not know this code/, [60, 60, 60, 60, 60]],
};

// What the phone is made to do is written down, as a test has neither ears nor hands; and its camera has a light.
const LISTEN = () => {
  window.shakes = [];
  window.lights = [];
  window.sounds = 0;
  Object.defineProperty(navigator, 'vibrate', { value: (pattern) => window.shakes.push([pattern].flat()) > 0 });
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function createOscillator(...rest) {
    window.sounds += 1;
    return make.apply(this, rest);
  };
  MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
  MediaStreamTrack.prototype.applyConstraints = async (wish) => { window.lights.push(wish.advanced[0].torch); };
};

describe('the gate', { timeout: 400_000 }, () => {
  let lango; let browser; let room; let desk; let deskUrl; let buyer; let gate;
  const browsers = [];
  const held = {};

  before(async () => {
    [lango, browser, room] = [await startLango(), await openBrowser(), await mkdtemp(join(tmpdir(), 'lango-camera-'))];
    desk = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    buyer = await openPage(browser, { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
    await signIn(desk, lango, 'organizer');
    deskUrl = await deskOf(desk, lango);
    const [first, second, third] = await buy({ count: 3 });
    Object.assign(held, { first, second, third });
    [held.elsewhere] = await buy({ title: FREE });
    [held.refunded] = await buy({ email: 'refunded@example.org' });
  });
  after(async () => {
    for (const one of [browser, ...browsers]) await one?.close();
    await lango?.stop();
    if (room) await rm(room, { recursive: true, force: true });
  });

  /// Buys tickets; gives the text of each QR and the code below it.
  async function buy({ title, count = 1, email = 'achieng@example.org' }) {
    await holdTickets(buyer, lango, { title, count });
    await buyer.getByLabel('Your name').fill('Achieng Odhiambo');
    await buyer.getByLabel('Email').fill(email);
    if (title === FREE) await buyer.getByRole('button', { name: 'Get the tickets' }).click();
    else await pay(buyer, { email, phone: PAYS_AT_ONCE });
    await tickets(buyer);
    const links = await buyer.locator('article h2 a').evaluateAll((found) => found.map((link) => link.href));
    const bought = [];
    for (const link of links) {
      await open(buyer, link);
      const picture = await buyer.locator('.qr').first().screenshot();
      const manual = (await buyer.locator('article .font-mono').first().innerText()).trim();
      assert.match(manual, /^[0-9A-Z]{5}-?[0-9A-Z]{5}-?[0-9A-Z]$/);
      bought.push({ code: await readPicture(buyer, picture), manual });
    }
    return bought;
  }

  async function openGate(options = {}, more = {}) {
    const own = await openBrowser(options);
    browsers.push(own);
    const page = await openPage(own, { ...GATE, ...more });
    await page.addInitScript(LISTEN);
    return page;
  }

  /// The verdict with its colour, its words and what it makes the phone do.
  async function assertVerdict(page, name) {
    const [ground, word, next, shake] = FACES[name];
    const screen = page.locator('[data-verdict]');
    await screen.waitFor();
    assert.equal(await screen.getAttribute('data-verdict'), name, await screen.innerText());
    assert.match(await screen.getAttribute('class'), new RegExp(`(^|\\s)${ground}(\\s|$)`));
    const words = await screen.innerText();
    assert.ok(words.includes(word), words);
    assert.match(words, next);
    assert.deepEqual(await page.evaluate(() => window.shakes.at(-1)), shake);
    await screen.click();
    await screen.waitFor({ state: 'detached' });
  }

  it('pairs by the QR that the organizer shows', async () => {
    const { picture } = await inviteGate(desk, deskUrl, 'North gate');
    const movie = join(room, 'pairing.y4m');
    await showPicture(picture, movie);
    const page = await openGate({ camera: movie }, { permissions: ['camera'] });
    await open(page, `${lango.url}/gate`);
    await page.getByRole('button', { name: 'Scan the QR instead' }).click();
    await page.getByRole('heading', { name: 'North gate' }).waitFor();
    await desk.getByText('North gate is paired and can scan.').waitFor();
    assertClean(page);
  });

  it('offers the light, where the camera has one', async () => {
    const page = await browsers[0].contexts()[0].pages()[0];
    await page.getByRole('button', { name: 'Light on' }).click();
    await page.getByRole('button', { name: 'Light off' }).click();
    await page.getByRole('button', { name: 'Light on' }).waitFor();
    assert.deepEqual(await page.evaluate(() => window.lights), [true, false]);
  });

  it('pairs by the address that the QR holds, which then stands nowhere', async () => {
    const { code } = await inviteGate(desk, deskUrl, 'East gate');
    const page = await openGate();
    await page.goto(`${lango.url}/gate#${code.replace('-', '')}`);
    await settled(page);
    await page.getByRole('heading', { name: 'East gate' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    await page.reload();
    await page.getByRole('heading', { name: 'East gate' }).waitFor();
  });

  it('says what to do about a code that pairs nothing', async () => {
    const page = await openGate({}, { allow: [/status of 422/] });
    await open(page, `${lango.url}/gate`);
    await page.getByLabel('Pairing code').fill('ABCD-1234');
    await page.getByRole('button', { name: 'Pair', exact: true }).click();
    await page.getByRole('alert').getByText('That code is wrong, already used or too old.').waitFor();
    assertClean(page);
  });

  it('says how to allow a camera that was refused, and takes codes by hand meanwhile', async () => {
    const { code } = await inviteGate(desk, deskUrl, 'South gate');
    const page = await openGate({ shy: true });
    await pairByHand(page, lango, code);
    await page.getByRole('alert').getByText('The browser was told not to use the camera.').waitFor();
    await page.getByRole('button', { name: 'Start the camera' }).waitFor();
    await page.getByLabel('Ticket code').fill(held.first.manual.toLowerCase());
    await page.getByRole('button', { name: 'Check' }).click();
    await assertVerdict(page, 'admitted');
    assertClean(page);
  });

  it('says that there is no camera, and pairs and admits all the same', async () => {
    const { code } = await inviteGate(desk, deskUrl, 'West gate');
    gate = await openGate({}, { permissions: ['camera'] });
    await pairByHand(gate, lango, code);
    await gate.getByRole('alert').getByText('This device has no camera that we can use.').waitFor();
    await gate.getByLabel('Ticket code').fill(held.first.manual);
    await gate.keyboard.press('Enter');
    await assertVerdict(gate, 'already_in');
  });

  it('finds a typing mistake before it asks', async () => {
    const field = gate.getByLabel('Ticket code');
    const last = held.second.manual.at(-1);
    await field.fill(held.second.manual.slice(0, -1) + (last === '7' ? '8' : '7'));
    await gate.keyboard.press('Enter');
    await gate.getByText('That code has a typing mistake.').waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await field.fill('');
    await field.blur();
  });

  it('lets in what a scanner reads that plays a keyboard', async () => {
    assert.match(held.second.code, /^T1:.{128}$/s);
    await scanByKeys(gate, held.second.code);
    await assertVerdict(gate, 'admitted');
    await scanByKeys(gate, held.second.code);
    await assertVerdict(gate, 'already_in');
    assert.ok((await gate.evaluate(() => window.sounds)) >= 6, 'each verdict has its notes');
  });

  it('takes a scanner that types into the field', async () => {
    await gate.getByLabel('Ticket code').focus();
    await gate.keyboard.type(held.third.code);
    await gate.keyboard.press('Enter');
    await assertVerdict(gate, 'admitted');
  });

  it('counts out who leaves, and takes back what was a mistake', async () => {
    await gate.getByRole('button', { name: 'Going out' }).click();
    await gate.getByText('Scanning people out').waitFor();
    await scanByKeys(gate, held.second.code);
    await assertVerdict(gate, 'let_out');
    await gate.getByRole('button', { name: 'Coming in' }).click();
    await gate.getByRole('button', { name: 'Latest scans' }).click();
    const sheet = gate.locator('#gate-more');
    await sheet.getByRole('button', { name: 'Take back' }).first().click();
    await sheet.getByLabel('Why is it taken back?').fill('only fetched a coat');
    await sheet.locator('form button[type=submit]').click();
    await sheet.getByText('taken back', { exact: true }).waitFor();
    await gate.keyboard.press('Escape');
    await scanByKeys(gate, held.second.code);
    await assertVerdict(gate, 'already_in');
  });

  it('sends a ticket of another event there', async () => {
    await scanByKeys(gate, held.elsewhere.code);
    await assertVerdict(gate, 'wrong_event');
  });

  it('refuses a ticket that was refunded', async () => {
    await open(desk, `${deskUrl}/orders?search=refunded%40example.org`);
    await desk.locator('main a[href*="/orders/"]').first().click();
    await settled(desk);
    await desk.getByRole('button', { name: 'Refund and void the tickets' }).first().click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Refund and void the tickets' }).click();
    // Exactly, since the buyer's address says so from the start.
    await desk.getByText('Refunded', { exact: true }).first().waitFor();
    await scanByKeys(gate, held.refunded.code);
    await assertVerdict(gate, 'revoked');
  });

  it('refuses a forged code', async () => {
    const at = 3 + 3 * 20;
    const { code } = held.second;
    await scanByKeys(gate, code.slice(0, at) + (code[at] === '0' ? '1' : '0') + code.slice(at + 1));
    await assertVerdict(gate, 'forged');
  });

  it('does not know what is no ticket', async () => {
    await scanByKeys(gate, 'https://example.org/menu.pdf');
    await assertVerdict(gate, 'unknown');
    assertClean(gate);
  });
});
