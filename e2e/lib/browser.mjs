// Chromium, and a watch over every page: what it complained about, and where it wanted to go.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A visitor of one product: its own cookies, one watched page. */
export async function visitor(browser, product, options = {}) {
  const context = await browser.newContext({
    baseURL: product.origin, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.record = await watch(page, product.origin);
  return page;
}

class Record {
  console = [];
  errors = [];
  violations = [];
  failed = [];
  foreign = [];
  refusedDocuments = new Set();
  document = null;

  /** The HTML that the server sent for the page that is shown. */
  html() {
    return this.document.text();
  }

  complaints() {
    // A browser prints one line for a document that answers 4xx; the tests ask for such pages on purpose.
    const own = this.console.filter(({ text, url }) =>
      !(text.startsWith('Failed to load resource') && this.refusedDocuments.has(url)));
    return [
      ...own.map(({ text, url }) => `console: ${text} (${url})`),
      ...this.errors.map((text) => `page error: ${text}`),
      ...this.violations.map((text) => `content security policy: ${text}`),
      ...this.failed.map((text) => `request failed: ${text}`),
      ...this.foreign.map((text) => `left the origin: ${text}`),
    ];
  }

  clear() {
    for (const list of [this.console, this.errors, this.violations, this.failed, this.foreign]) list.length = 0;
  }
}

async function watch(page, origin) {
  const record = new Record();
  await page.exposeBinding('reportViolation', (_, text) => record.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI} in ${event.documentURI}`);
    });
  });
  page.on('console', (message) => {
    if (message.type() === 'error') record.console.push({ text: message.text(), url: message.location().url });
  });
  page.on('pageerror', (error) => record.errors.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Leaving a page, and a link that is a download, both abort what still loads.
    if (why !== 'net::ERR_ABORTED') record.failed.push(`${request.url()} ${why}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) record.foreign.push(request.url());
  });
  page.on('response', (response) => {
    const request = response.request();
    if (request.frame() !== page.mainFrame() || !request.isNavigationRequest()) return;
    if (response.status() >= 400) record.refusedDocuments.add(response.url());
    if (response.status() < 300 || response.status() >= 400) record.document = response;
  });
  return record;
}

export function assertQuiet(page, where = page.url()) {
  const complaints = page.record.complaints();
  page.record.clear();
  assert.deepEqual(complaints, [], `complaints of ${where}`);
}
