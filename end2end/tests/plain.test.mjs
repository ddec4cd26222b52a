// A phone without JavaScript, from the list to the ticket.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser, openPage } from '../kit/browser.mjs';
import { startLango } from '../kit/lango.mjs';
import { enterPin, holdTickets, pay, tickets } from '../kit/steps.mjs';

const plain = { javaScript: false };

describe('without JavaScript', { timeout: 180_000 }, () => {
  let lango; let browser; let page;
  before(async () => {
    [lango, browser] = [await startLango(), await openBrowser()];
    page = await openPage(browser, plain);
  });
  after(async () => {
    await browser?.close();
    await lango?.stop();
  });

  it('holds a ticket', () => holdTickets(page, lango, { count: 1, ...plain }));

  it('is told at the field what is wrong', async () => {
    await pay(page, { email: 'achieng@example.org', phone: '12' });
    assert.equal(await page.getByLabel('M-Pesa number').getAttribute('aria-invalid'), 'true');
  });

  it('pays on the phone page and gets the ticket', async () => {
    const phone = await openPage(browser, plain);
    await pay(page, { phone: '0711 444 555' });
    await enterPin(phone, lango, '0711 444 555', plain);
    await tickets(page, plain);
    assert.equal(await page.locator('article svg').count() > 0, true);
  });

  it('gives one order for a form that is sent twice', async () => {
    await holdTickets(page, lango, { count: 1, ...plain });
    const first = page.url();
    await page.goBack();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/\/o\//);
    assert.equal(new URL(page.url()).pathname, new URL(first).pathname);
  });
});
