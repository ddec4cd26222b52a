// How a page looks, and whether everybody can use it.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { target } from './lango.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = [{ width: 360, height: 740 }, { width: 1280, height: 800 }];
const THEMES = ['light', 'dark'];
export const screens = join(target, 'screens');

/// Says that axe-core finds nothing serious or critical on the page.
export async function assertUsable(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
  assert.deepEqual(grave, [], `axe on ${name}`);
}

/// Takes the page's picture on a phone and on a desk, by day and by night, and checks each with axe. Nothing may stick out
/// at the side.
export async function look(page, name, themes = THEMES) {
  await mkdir(screens, { recursive: true });
  for (const size of SIZES) {
    for (const colorScheme of themes) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Colours fade from one theme to the other.
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(screens, `${name}-${size.width}-${colorScheme}.png`), fullPage: true });
      await assertUsable(page, `${name} (${size.width}, ${colorScheme})`);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name} sticks out by ${over} px at ${size.width}`);
  }
}
