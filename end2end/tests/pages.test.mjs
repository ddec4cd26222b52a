// Every page: its picture on a phone and on a desk, by day and by night, in each language; nothing in its console, nothing
// that axe-core finds grave, nothing that sticks out.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertClean, openBrowser, openPage } from '../kit/browser.mjs';
import { startLango } from '../kit/lango.mjs';
import { look } from '../kit/looks.mjs';
import { PAYS_AT_ONCE, deskOf, holdTickets, open, pay, signIn, tickets } from '../kit/steps.mjs';

// Name, path, who looks at it, status unless it is 200. `{event}`, `{desk}`, `{basket}` and the like are made before.
const PAGES = [
  ['discover', '/', 'visitor'],
  ['discover-search', '/?q=benga', 'visitor'],
  ['discover-nothing', '/?q=zzzzzz', 'visitor'],
  ['event', '{event}', 'visitor'],
  ['checkout', '{basket}', 'visitor'],
  ['tickets', '{order}', 'visitor'],
  ['ticket', '{ticket}', 'visitor'],
  ['sign-in', '/sign-in', 'visitor'],
  ['sign-up', '/sign-up', 'visitor'],
  ['forgot', '/forgot', 'visitor'],
  ['phone', '/dev/phone', 'visitor'],
  ['mail', '/dev/mail', 'visitor'],
  ['gate-pair', '/gate', 'visitor'],
  ['not-found', '/e/there-is-no-such-event', 'visitor', 404],
  ['my-tickets', '/my/tickets', 'buyer'],
  ['account', '/account', 'organizer'],
  ['desk', '/desk', 'organizer'],
  ['desk-new', '/desk/new', 'organizer'],
  ['desk-events', '/desk/savanna-sounds', 'organizer'],
  ['desk-team', '/desk/savanna-sounds/team', 'organizer'],
  ['desk-settings', '/desk/savanna-sounds/settings', 'organizer'],
  ['desk-event-new', '/desk/savanna-sounds/events/new', 'organizer'],
  ['dashboard', '{desk}', 'organizer'],
  ['desk-edit', '{desk}/edit', 'organizer'],
  ['desk-types', '{desk}/types', 'organizer'],
  ['desk-orders', '{desk}/orders', 'organizer'],
  ['desk-order', '{deskOrder}', 'organizer'],
  ['desk-attendees', '{desk}/attendees', 'organizer'],
  ['desk-gates', '{desk}/gates', 'organizer'],
  ['desk-lists', '{desk}/lists', 'organizer'],
  ['desk-stock', '{desk}/stock', 'organizer'],
  ['desk-codes', '{desk}/codes', 'organizer'],
  ['desk-waitlist', '{desk}/waitlist', 'organizer'],
  ['desk-waiting-room', '{desk}/waiting', 'organizer'],
  ['desk-rehearsal', '{desk}/rehearsal', 'organizer'],
  ['desk-go', '/desk/savanna-sounds/go', 'organizer'],
  ['desk-venues', '/desk/savanna-sounds/venues', 'organizer'],
  ['desk-venue', '{venue}', 'organizer'],
  ['desk-venue-new', '/desk/savanna-sounds/venues/new', 'organizer'],
];

describe('every page', { timeout: 900_000 }, () => {
  let lango; let browser;
  const pages = {}; const places = {};

  before(async () => {
    [lango, browser] = [await startLango(), await openBrowser()];
    // A page that is not there is told of in the console too.
    const allow = [/status of 404/];
    for (const who of ['visitor', 'buyer', 'organizer']) pages[who] = await openPage(browser, { allow });
    await signIn(pages.buyer, lango, 'buyer', '/my/tickets');
    await signIn(pages.organizer, lango, 'organizer');
    await makePlaces();
  });
  after(async () => {
    await browser?.close();
    await lango?.stop();
  });

  async function makePlaces() {
    const page = pages.visitor;
    await holdTickets(page, lango);
    await pay(page, { phone: PAYS_AT_ONCE });
    await tickets(page);
    places['{order}'] = page.url();
    places['{ticket}'] = new URL(await page.locator('article h2 a').first().getAttribute('href'), lango.url).href;
    await holdTickets(page, lango);
    places['{basket}'] = page.url();
    places['{event}'] = new URL(await page.locator('a[href^="/e/"]').first().getAttribute('href'), lango.url).href;
    places['{desk}'] = await deskOf(pages.organizer, lango);
    await open(pages.organizer, `${places['{desk}']}/orders`);
    const order = await pages.organizer.locator('main a[href*="/orders/"]').first().getAttribute('href');
    places['{deskOrder}'] = new URL(order, lango.url).href;
    await open(pages.organizer, `${lango.url}/desk/savanna-sounds/venues`);
    const venue = await pages.organizer.locator('main a[href*="/venues/"]:not([href$="/new"])').first().getAttribute('href');
    places['{venue}'] = new URL(venue, lango.url).href;
  }

  async function visit([name, path, who, status = 200]) {
    const page = pages[who];
    page.faults.length = 0;
    const place = path.replace(/^\{\w+\}/, (key) => places[key]);
    // The mailbox is the one page that no script takes over.
    const answer = await open(page, place.startsWith('http') ? place : lango.url + place, { javaScript: name !== 'mail' });
    assert.equal(answer.status(), status);
    return page;
  }

  for (const shown of PAGES) {
    it(`${shown[0]} looks right`, async () => {
      const page = await visit(shown);
      await look(page, shown[0]);
      assertClean(page);
    });
  }

  // Words differ in length; colours don't.
  for (const language of ['fr', 'sw']) {
    it(`each looks right in ${language}`, async () => {
      for (const page of Object.values(pages)) {
        await page.context().addCookies([{ name: 'lang', value: language, url: lango.url }]);
      }
      for (const shown of PAGES) {
        const page = await visit(shown);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        await look(page, `${shown[0]}-${language}`, ['light']);
        assertClean(page);
      }
    });
  }
});
