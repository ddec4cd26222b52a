// Bad values in forms with JavaScript on: told at the field, in words, without a reload; and a picture that is good or not.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PNG } from 'pngjs';
import { assertClean, faultAt, openBrowser, openPage, settled } from '../kit/browser.mjs';
import { startLango } from '../kit/lango.mjs';
import { screens } from '../kit/looks.mjs';
import { deskOf, holdTickets, open, signIn } from '../kit/steps.mjs';

// What a browser itself writes when a form is refused.
const allow = [/status of (409|422)/];
const BACKWARDS = 'Sauti\u202ethgiN';

describe('a form with something wrong', { timeout: 240_000 }, () => {
  let lango; let browser; let desk; let buyer; let deskUrl;
  before(async () => {
    [lango, browser] = [await startLango(), await openBrowser()];
    desk = await openPage(browser, { viewport: { width: 1280, height: 800 }, allow });
    buyer = await openPage(browser, { allow });
    await signIn(desk, lango, 'organizer');
    deskUrl = await deskOf(desk, lango);
  });
  after(async () => {
    await browser?.close();
    await lango?.stop();
  });

  /// Fills fields, sends the form, and reads what is said at each; the page must not have been left.
  async function refuse(page, values, button) {
    const url = page.url();
    await page.evaluate(() => { window.isSamePage = true; });
    for (const [label, value] of values) await page.getByLabel(label, { exact: true }).first().fill(value);
    await page.getByRole('main').getByRole('button', { name: button }).last().click();
    const told = [];
    for (const [label, , words] of values) {
      const sentence = await faultAt(page, label);
      assert.match(sentence, words, label);
      told.push(sentence);
    }
    assert.equal(page.url(), url);
    assert.equal(await page.evaluate(() => window.isSamePage), true, 'told without a reload');
    for (const [label, value] of values) {
      assert.equal(await page.getByLabel(label, { exact: true }).first().inputValue(), value, `${label} keeps what was typed`);
    }
    assertClean(page);
    return told;
  }

  it('is told at the field when somebody signs up', async () => {
    await open(buyer, `${lango.url}/sign-up`);
    await refuse(buyer, [
      ['Your name', BACKWARDS, /./],
      ['E-mail address', 'amina@localhost', /./],
      ['Password', 'password2026!', /./],
    ], 'Create an account');
  });

  it('is told at the field when an event is made', async () => {
    await open(desk, `${lango.url}/desk/savanna-sounds/events/new`);
    await desk.getByLabel('Starts', { exact: true }).fill('2031-05-01T18:00');
    await refuse(desk, [
      ['Title', BACKWARDS, /./],
      ['In one sentence', 'x'.repeat(201), /200/],
      ['Venue', 'x'.repeat(121), /120/],
      ['Town', ' ', /./],
      ['Ends', '2031-05-01T10:00', /./],
      ['Time zone', 'Mars/Olympus', /./],
    ], 'Save draft');
  });

  it('is told at the field when a ticket type is made', async () => {
    await open(desk, `${deskUrl}/types`);
    const add = desk.locator('form').last();
    for (const [label, value] of [['Name', 'VIP\u200b'], ['Price in KES', '１５００'], ['How many', '-1'], ['Most per order', '101']]) {
      await add.getByLabel(label, { exact: true }).fill(value);
    }
    await add.getByRole('button', { name: 'Add ticket type' }).click();
    for (const label of ['Name', 'Price in KES', 'How many', 'Most per order']) {
      const field = add.getByLabel(label, { exact: true });
      await desk.waitForFunction((element) => element.getAttribute('aria-invalid') === 'true', await field.elementHandle());
      const told = (await field.getAttribute('aria-describedby')).split(' ').find((id) => id.endsWith('-fault'));
      assert.ok(await desk.locator(`[id="${told}"]`).isVisible(), label);
    }
    assertClean(desk);
  });

  it('is told at the field when somebody pays', async () => {
    await holdTickets(buyer, lango);
    await refuse(buyer, [
      ['Your name', 'A\u0007chieng', /./],
      ['Email', 'achieng@localhost', /./],
      ['M-Pesa number', '０７１２３４５６７８', /./],
    ], /^Pay /);
  });

  it('says why tickets cannot be had, and how many there are', async () => {
    await open(buyer, `${lango.url}/`);
    await buyer.getByRole('link', { name: /Nairobi Film Club/ }).first().click();
    await buyer.waitForURL(/\/e\//);
    await settled(buyer);
    await buyer.getByRole('spinbutton').first().evaluate((field) => {
      field.removeAttribute('max');
      field.value = '99';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await buyer.getByRole('button', { name: 'Continue' }).click();
    await buyer.getByRole('alert').getByText(/At most|Only \d+ left/).waitFor();
    assertClean(buyer);
  });

  it('shows a picture that an organizer has chosen, and says what is wrong with a file that is none', async () => {
    const file = join(lango.data, 'picture.png');
    const picture = new PNG({ width: 1600, height: 1067 });
    for (let at = 0; at < picture.data.length; at += 4) {
      const [x, y] = [(at / 4) % 1600, Math.floor(at / 4 / 1600)];
      picture.data.set([(x * 255) / 1600, (y * 255) / 1067, ((x ^ y) & 64) * 3, 255], at);
    }
    await writeFile(file, PNG.sync.write(picture));
    await open(desk, `${deskUrl}/edit`);
    await desk.getByLabel('Choose a picture').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await desk.getByRole('button', { name: 'Upload picture' }).click();
    await desk.getByRole('alert').getByText('This is not a picture we can read.').waitFor();
    await settled(desk);
    await desk.getByLabel('Choose a picture').setInputFiles(file);
    await desk.getByRole('button', { name: 'Upload picture' }).click();
    await desk.waitForURL(/done=saved/);
    await settled(desk);
    await open(desk, `${lango.url}/`);
    await desk.getByRole('link', { name: /Benga Revival Night/ }).first().click();
    await desk.waitForURL(/\/e\//);
    await settled(desk);
    const shown = desk.locator('main img').first();
    await shown.waitFor();
    const width = await shown.evaluate((image) => image.decode().then(() => image.naturalWidth));
    assert.ok(width >= 480, `${width} pixels wide`);
    assert.match(await shown.getAttribute('src'), /^\/files\/.+\.webp$/);
    await desk.screenshot({ path: join(screens, 'event-with-picture.png') });
    assertClean(desk);
  });
});
