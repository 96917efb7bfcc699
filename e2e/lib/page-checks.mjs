// What every page must pass: accessibility, valid HTML, no sideways scroll, a silent console.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import { assertQuiet } from './browser.mjs';

const SHOTS = process.env.SHOTS ?? fileURLToPath(new URL('../shots', import.meta.url));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [1280, 320];
const SCHEMES = ['light', 'dark'];

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: { 'doctype-style': 'off' },
});

/** Checks the page that is shown, in both widths and both colour schemes, and keeps a picture of each. */
export async function checkPage(page, name) {
  await mkdir(SHOTS, { recursive: true });
  const faults = await htmlFaults(await page.record.html());
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 320 ? 720 : 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      faults.push(...await axeFaults(page, `${width} ${colorScheme}`));
      await page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
    if (width === 320) faults.push(...await sidewaysFaults(page));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(faults, [], `faults of ${name} (${page.url()})`);
  assertQuiet(page, name);
}

async function htmlFaults(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap((result) => result.messages)
    .filter((message) => message.severity === 2)
    .map((message) => `html ${message.ruleId} line ${message.line}: ${message.message}`);
}

async function axeFaults(page, where) {
  // A sandboxed frame runs no scripts, and so not those of the checker: it would wait for ever.
  const { violations } = await new AxeBuilder({ page, axeSource: axe.source })
    .withTags(TAGS).exclude('iframe[sandbox]').analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) =>
    `axe ${where} ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1).join(' ').trim()}`));
}

/** Nothing may make the page wider than a small phone; a table may scroll inside its own box. */
function sidewaysFaults(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const right = (node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return Math.max(node.getBoundingClientRect().right, range.getBoundingClientRect().right);
    };
    const wide = [...document.querySelectorAll('body *')].filter((node) => right(node) > root.clientWidth)
      .slice(-3).map((node) => `${node.localName} "${node.textContent.trim().slice(0, 40)}"`);
    return [`scrolls sideways at 320 px: ${root.scrollWidth} px wide, for example ${wide.join(', ')}`];
  });
}
