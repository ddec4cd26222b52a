// Ways through the desk: the palette by keys, and the sides of an event.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser, openPage, settled } from '../kit/browser.mjs';
import { startLango } from '../kit/lango.mjs';
import { TONIGHT, deskOf, open, signIn } from '../kit/steps.mjs';

describe('the desk', { timeout: 120_000 }, () => {
  let lango; let browser; let desk; let deskUrl;
  before(async () => {
    [lango, browser] = [await startLango(), await openBrowser()];
    desk = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    await signIn(desk, lango, 'organizer');
    deskUrl = await deskOf(desk, lango);
  });
  after(async () => {
    await browser?.close();
    await lango?.stop();
  });

  const palette = () => desk.getByRole('dialog');

  it('opens its palette by keys and goes where the first hit leads', async () => {
    await open(desk, `${lango.url}/desk/${TONIGHT.org}`);
    await desk.keyboard.press('Control+k');
    await palette().waitFor();
    await desk.keyboard.type('benga');
    await palette().getByRole('link', { name: new RegExp(TONIGHT.title) }).first().waitFor();
    await desk.waitForFunction(() => !document.querySelector('dialog [data-hits]').textContent.includes('Team'));
    await desk.keyboard.press('Enter');
    await desk.waitForURL(deskUrl);
    assert.equal(await palette().count(), 0);
    assertClean(desk);
  });

  it('walks through the hits by arrows and closes by Escape', async () => {
    await desk.keyboard.press('Control+k');
    await palette().waitFor();
    const focused = () => desk.evaluate(() => document.activeElement.textContent.trim());
    await desk.keyboard.press('ArrowDown');
    const first = await focused();
    await desk.keyboard.press('ArrowDown');
    assert.notEqual(await focused(), first);
    await desk.keyboard.press('ArrowUp');
    assert.equal(await focused(), first);
    await desk.keyboard.press('Escape');
    await palette().waitFor({ state: 'hidden' });
    assertClean(desk);
  });

  it('shows the pages of the side that one is on', async () => {
    await open(desk, deskUrl);
    const tabs = desk.getByRole('navigation', { name: 'About this event' });
    const pages = desk.getByRole('navigation', { name: 'Tickets' });
    assert.equal(await pages.count(), 0);
    await tabs.getByRole('link', { name: 'Tickets' }).click();
    await desk.waitForURL(`${deskUrl}/types`);
    await settled(desk);
    await pages.getByRole('link', { name: 'Stock' }).click();
    await desk.waitForURL(`${deskUrl}/stock`);
    await pages.locator('[aria-current]', { hasText: 'Stock' }).waitFor();
    assert.equal(await tabs.locator('[aria-current=page]').innerText(), 'Tickets');
    assertClean(desk);
  });
});
