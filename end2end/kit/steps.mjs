// What people do, step by step; found by role and label, as they would.
import { settled } from './browser.mjs';

/// Who may sign in to the demo.
export const PEOPLE = {
  organizer: { email: 'amina@lango.example', password: 'jua-linachomoza-7' },
  gatekeeper: { email: 'juma@lango.example', password: 'karibu-langoni-8' },
  buyer: { email: 'wanjiku@lango.example', password: 'tiketi-yangu-9' },
};
/// The demo's event whose doors are open.
export const TONIGHT = { title: 'Benga Revival Night', org: 'savanna-sounds' };
/// A phone that pays by itself, and one that waits for its holder at the phone page.
export const PAYS_AT_ONCE = '0722 000 007';

/// Opens a page and waits until it can be used.
export async function open(page, url, { javaScript = true } = {}) {
  const answer = await page.goto(url);
  if (javaScript) await settled(page);
  return answer;
}

export async function signIn(page, lango, who, next = '/desk') {
  await open(page, `${lango.url}/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail address').fill(PEOPLE[who].email);
  await page.getByLabel('Password').fill(PEOPLE[who].password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/// From the list of events to the checkout, with some tickets of the first kind held.
export async function holdTickets(page, lango, { title = TONIGHT.title, count = 1, javaScript = true } = {}) {
  await open(page, `${lango.url}/`, { javaScript });
  await page.getByRole('link', { name: new RegExp(title) }).first().click();
  await page.waitForURL(/\/e\//);
  if (javaScript) await settled(page);
  await page.getByRole('spinbutton').first().fill(String(count));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/o\//);
  if (javaScript) await settled(page);
}

/// Fills the checkout and presses the button that pays.
export async function pay(page, { name = 'Achieng Odhiambo', email = 'achieng@example.org', phone }) {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('M-Pesa number').fill(phone);
  await page.getByRole('button', { name: /^Pay / }).click();
}

/// Types the PIN on the phone that is being asked.
export async function enterPin(page, lango, phone, { javaScript = true } = {}) {
  await open(page, `${lango.url}/dev/phone?number=${encodeURIComponent(phone)}`, { javaScript });
  for (let tries = 0; !javaScript && tries < 40 && (await page.getByLabel('Enter M-Pesa PIN').count()) === 0; tries += 1) {
    await page.waitForTimeout(250);
    await page.reload();
  }
  await page.getByLabel('Enter M-Pesa PIN').fill('2580');
  await page.getByRole('button', { name: 'Send' }).click();
}

/// Waits for the tickets to show.
export async function tickets(page, { javaScript = true } = {}) {
  const heading = page.getByRole('heading', { name: 'You are going' });
  for (let tries = 0; !javaScript && tries < 40 && (await heading.count()) === 0; tries += 1) {
    await page.waitForTimeout(250);
    await page.reload();
  }
  await heading.waitFor();
}

/// The desk's address of an event, as a signed-in organizer finds it.
export async function deskOf(page, lango, { org, title } = TONIGHT) {
  await open(page, `${lango.url}/desk/${org}`);
  const href = await page.locator(`a[href^="/desk/${org}/events/"]`, { hasText: title }).first().getAttribute('href');
  return lango.url + href.match(/^\/desk\/[^/]+\/events\/[0-9a-f-]+/)[0];
}

/// Invites a phone to a gate of the event that is open on the desk; gives its code and the picture of its QR.
export async function inviteGate(desk, deskUrl, name) {
  await open(desk, `${deskUrl}/gates`);
  await desk.getByLabel('Name of the gate').fill(name);
  await desk.getByRole('button', { name: 'Pair a phone' }).click();
  const code = (await desk.getByTestId('pairing-code').innerText()).trim();
  return { code, picture: await desk.getByRole('img', { name: 'QR code that pairs a phone' }).screenshot() };
}

/// Pairs a gate's phone by typing a code.
export async function pairByHand(gate, lango, code) {
  await open(gate, `${lango.url}/gate`);
  await gate.getByLabel('Pairing code').fill(code);
  await gate.getByRole('button', { name: 'Pair', exact: true }).click();
  await gate.getByLabel('Ticket code').waitFor();
}

/// What a scanner that plays a keyboard does while no field has the focus: keys in a burst, then Enter. Sent from within
/// the page, since a busy machine may take longer between two keys than a scanner ever does.
export function scanByKeys(gate, code) {
  return gate.evaluate((text) => {
    for (const key of [...text, 'Enter']) {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
  }, code);
}
