// The whole path: an event is found, paid for and let into, while the organizer watches.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser, openPage, settled } from '../kit/browser.mjs';
import { showPicture } from '../kit/camera.mjs';
import { startLango } from '../kit/lango.mjs';
import { TONIGHT, deskOf, enterPin, holdTickets, open, pay, signIn, tickets } from '../kit/steps.mjs';

const PHONE = '0711 222 333';
const WIDE = { width: 1280, height: 800 };

describe('a night out', { timeout: 300_000 }, () => {
  let lango; let browser; let room; let buyer; let desk; let gate; let gateBrowser; let deskUrl; let movie;

  before(async () => {
    [lango, browser, room] = [await startLango(), await openBrowser(), await mkdtemp(join(tmpdir(), 'lango-camera-'))];
    movie = join(room, 'ticket.y4m');
    buyer = await openPage(browser, { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 });
    desk = await openPage(browser, { viewport: WIDE });
  });
  after(async () => {
    await gateBrowser?.close();
    await browser?.close();
    await lango?.stop();
    if (room) await rm(room, { recursive: true, force: true });
  });

  const figure = async (label) => {
    const text = await desk.locator('main').getByText(label, { exact: true }).first().locator('xpath=..').innerText();
    return Number(text.replace(/[^\d\n]/g, '').split('\n').find((part) => part !== ''));
  };
  let soldBefore; let inBefore;

  it('opens on the dashboard for the organizer', async () => {
    await signIn(desk, lango, 'organizer');
    deskUrl = await deskOf(desk, lango);
    await open(desk, deskUrl);
    [soldBefore, inBefore] = [await figure('Tickets sold'), await figure('Checked in')];
    assert.ok(soldBefore > 0);
  });

  it('holds two tickets and asks the phone', async () => {
    await holdTickets(buyer, lango, { count: 2 });
    await pay(buyer, { phone: PHONE });
    await buyer.getByRole('heading', { name: 'Check your phone' }).waitFor();
  });

  it('shows the tickets once the PIN was entered', async () => {
    const phone = await openPage(browser);
    await enterPin(phone, lango, PHONE);
    await tickets(buyer);
    assert.equal(await buyer.locator('article').count(), 2);
    assertClean(phone);
    await phone.context().close();
  });

  it('mails the tickets', async () => {
    const mail = await openPage(browser);
    await mail.goto(`${lango.url}/dev/mail`);
    const subject = mail.getByText(`Your tickets for ${TONIGHT.title}`).first();
    for (let tries = 0; tries < 20 && !(await subject.isVisible()); tries += 1) {
      await mail.waitForTimeout(500);
      await mail.reload();
    }
    await subject.click();
    assertClean(mail);
    await mail.context().close();
  });

  it('moves the dashboard without a reload', async () => {
    await desk.waitForFunction(
      (sold) => document.querySelector('main').innerText.includes(String(sold)),
      (soldBefore + 2).toLocaleString('en'),
    );
    assert.equal(await figure('Tickets sold'), soldBefore + 2);
  });

  it('opens the ticket without a network', async () => {
    await buyer.locator('article h2 a').first().click();
    await buyer.waitForURL(/\/t\/\d+\/\d+$/);
    await settled(buyer);
    // The order's page shows its own codes until the ticket's page has come.
    await buyer.getByRole('heading', { name: 'You are going' }).waitFor({ state: 'detached' });
    const picture = await buyer.locator('.qr').first().screenshot();
    await showPicture(picture, movie);
    await buyer.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await buyer.reload();
    await settled(buyer);
    await buyer.waitForTimeout(1000);
    await buyer.context().setOffline(true);
    await buyer.reload();
    await buyer.locator('.qr').first().waitFor();
    await buyer.context().setOffline(false);
  });

  it('pairs a phone with the gate', async () => {
    const owner = await desk.context().newPage();
    await owner.goto(`${deskUrl}/gates`);
    await settled(owner);
    await owner.getByLabel('Name of the gate').fill('North gate');
    await owner.getByRole('button', { name: 'Pair a phone' }).click();
    const code = await owner.getByTestId('pairing-code').innerText();
    gateBrowser = await openBrowser({ camera: movie });
    gate = await openPage(gateBrowser, { viewport: { width: 412, height: 915 }, permissions: ['camera'] });
    await open(gate, `${lango.url}/gate`);
    await gate.getByLabel('Pairing code').fill(code);
    await gate.getByRole('button', { name: 'Pair', exact: true }).click();
    await owner.close();
  });

  it('lets the ticket in by its QR', async () => {
    await gate.locator('[data-verdict=admitted]').waitFor();
    assert.match(await gate.locator('[data-verdict]').innerText(), /Achieng Odhiambo/);
  });

  it('refuses it the second time, and says when and where it came in', async () => {
    await gate.locator('[data-verdict=admitted]').click();
    const again = gate.locator('[data-verdict=already_in]');
    await again.waitFor();
    assert.match(await again.innerText(), /\d{1,2}:\d{2}.*North gate/s);
    assertClean(gate);
  });

  it('counts the person in on the dashboard', async () => {
    await desk.waitForTimeout(1500);
    assert.equal(await figure('Checked in'), inBefore + 1);
    assertClean(desk);
    // Offline, what the page asked for in vain is no fault.
    assert.deepEqual(buyer.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault)), []);
  });
});
