// The life of an installation in a real browser: set-up, the first people, sessions, the operator's pages.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { formTo, formWith, path, submit, words } from './lib/forms.mjs';
import { signIn, somebody } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { revokeActions, revokeNewest, signInOn, signOutOn, signUpOn, walkSetup } from './lib/steps.mjs';
import { seconds, until } from './lib/wait.mjs';

const product = await startProduct({ limits: true });
const browser = await launch();
const owner = somebody('Ada Brandt');
after(async () => {
  await browser.close();
  await product.stop();
});

let setupEnded;

/** A page of a new visitor that is closed, and must have been silent, when the test ends. */
async function open(t, options) {
  const page = await visitor(browser, product, options);
  t.after(async () => {
    await page.context().close();
  });
  return page;
}

async function signedIn(t, options) {
  const page = await open(t, options);
  await signInOn(page, owner);
  assert.equal(path(page), '/dashboard');
  return page;
}

test('the set-up link leads through five steps to the dashboard', async (t) => {
  const page = await open(t);
  const started = performance.now();
  await walkSetup(page, product, owner);
  setupEnded = performance.now();
  t.diagnostic(`wizard, first proof run included: ${seconds(setupEnded - started)}`);
  assert.match(await words(page), new RegExp(owner.name.split(' ')[0]), 'the dashboard greets the owner');
  assert.match(await page.title(), /Halyard Hosting/, 'the name chosen in step 2 is in the title');
  assertQuiet(page);
});

test('within a minute of the set-up, IDN-10 is proven by attempts on the running system', async (t) => {
  const claim = await until('IDN-10 is proven', async () => {
    const { claims } = (await product.client().get('/security.json')).json();
    const found = claims.find(({ id }) => id === 'IDN-10');
    return found?.state === 'proven' && found.attempts > 0 && found;
  }, { timeout: Math.max(1_000, setupEnded + 60_000 - performance.now()), every: 500 });
  assert.equal(claim.violations, 0);
  assert.ok(Date.parse(claim.valid_until) > Date.now(), 'the proof is still valid');
  t.diagnostic(`IDN-10: ${claim.attempts} attempts, ${JSON.stringify(claim.measured)}, `
    + `${seconds(performance.now() - setupEnded)} after the set-up`);
  const page = await open(t);
  await page.goto('/security');
  assert.ok(await page.locator('a[href="/security/claims/IDN-10"]').count() > 0, '/security links to the claim');
  await page.goto('/security/claims/IDN-10');
  assert.match(await words(page), /proven/i);
  assertQuiet(page);
});

test('a second person signs up, confirms the address and makes an organisation', async (t) => {
  const page = await open(t);
  const person = somebody('Tomas Reyes');
  await signUpOn(page, product, person);
  await page.goto('/dashboard');
  if (path(page) === '/login') await signInOn(page, person);
  assert.equal(path(page), '/dashboard');
  await page.locator('main a[href="/dashboard/tenants/new"]').first().click();
  await page.waitForURL('**/dashboard/tenants/new');
  await submit(formWith(page, 'name'), { name: 'Otterfield Research' });
  await page.goto('/dashboard');
  assert.match(await page.locator('body').innerText(), /Otterfield Research/);
  assert.ok(await page.locator('a[href^="/t/"][href$="/team"]').count() > 0, 'the team page is in the menu');
  assert.equal((await page.goto('/admin/tenants')).status() >= 403, true, 'a customer has no operator area');
  assertQuiet(page);
});

test('a session that is revoked elsewhere ends at its very next request', async (t) => {
  const a = await signedIn(t);
  const known = await revokeActions(a);
  const b = await signedIn(t);
  await revokeNewest(a, known);
  const started = performance.now();
  await b.goto('/dashboard/settings');
  const took = performance.now() - started;
  t.diagnostic(`from the click of B to the sign-in page: ${seconds(took)}`);
  assert.equal(path(b), '/login');
  assert.ok(took <= 1_000, `${seconds(took)}, at most 1 s`);
  assert.match(await words(b), /signed out|session/i, 'the page says why');
  await signInOn(b, owner);
  assert.equal(path(b), '/dashboard/settings', 'after signing in, B is where B wanted to go');
  assertQuiet(a);
  assertQuiet(b);
});

test('one button signs all other devices out', async (t) => {
  const page = await signedIn(t);
  const others = await Promise.all([signIn(product, owner), signIn(product, owner)]);
  await page.goto('/dashboard/sessions');
  await submit(formTo(page, '/dashboard/sessions/revoke-others'));
  for (const client of others) assert.equal((await client.api('GET', '/me')).status, 401);
  await page.goto('/dashboard');
  assert.equal(path(page), '/dashboard', 'this device stays signed in');
  assertQuiet(page);
});

test('signing out ends the session', async (t) => {
  const page = await signedIn(t);
  await signOutOn(page);
  await page.goto('/dashboard');
  assert.equal(path(page), '/login');
  assertQuiet(page);
});

test('the keyboard alone is enough to sign in, and focus is always visible', async (t) => {
  const page = await open(t);
  await page.goto('/login');
  const stops = [];
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 25; presses += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(focused);
      stops.push(stop.is);
      assert.ok(stop.visible, `focus on ${stop.is} cannot be seen`);
      if (stop.is === wanted) return;
    }
    assert.fail(`no way to ${wanted} by Tab: ${stops.join(', ')}`);
  };
  await tabTo('#main');
  await tabTo('email');
  await page.keyboard.type(owner.email);
  await tabTo('password');
  await page.keyboard.type(owner.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/dashboard');
  t.diagnostic(`tab stops: ${stops.join(', ')}`);
  assertQuiet(page);
});

/** Runs in the page: what has the focus, and whether it shows. */
function focused() {
  const node = document.activeElement;
  const style = getComputedStyle(node);
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    is: node.getAttribute('name') ?? node.getAttribute('href') ?? node.localName,
    visible: ringed || style.boxShadow !== 'none',
  };
}

test('without JavaScript: sign in, revoke a session, read the security page, filter the audit log', async (t) => {
  const page = await signedIn(t, { javaScriptEnabled: false });
  const known = await revokeActions(page);
  const other = await signIn(product, owner);
  await revokeNewest(page, known);
  assert.equal((await other.api('GET', '/me')).status, 401);
  await page.goto('/security');
  assert.ok(await page.locator('a[href="/security/claims/IDN-10"]').count() > 0);
  assert.ok((await words(page)).length > 500, 'the security page has its text without scripts');
  await page.goto('/admin/audit');
  await submit(formWith(page, 'q'), { q: 'result:done' });
  assert.equal(new URL(page.url()).searchParams.get('q'), 'result:done');
  assertQuiet(page);
});

test('the filter of the audit log lives in the address', async (t) => {
  const recent = await (await signIn(product, owner)).api('GET', '/audit-events?limit=100');
  const action = recent.json().items.map((event) => event.action).find((name) => /session/.test(name));
  assert.ok(action, 'the revocations above were logged');
  const page = await signedIn(t);
  await page.goto('/admin/audit');
  await submit(formWith(page, 'q'), { q: `action:${action}` });
  const elsewhere = await signedIn(t);
  await elsewhere.goto(page.url());
  for (const view of [page, elsewhere]) {
    const rows = await view.locator('main table tbody tr:has(a[href*="event="])').allInnerTexts();
    assert.ok(rows.length > 0, 'the filter finds the events');
    for (const row of rows) assert.ok(row.includes(action), `filtered row: ${row}`);
    assert.equal(await view.locator('[name="q"]').first().inputValue(), `action:${action}`);
  }
  await page.locator('main table tbody a[href*="event="]').first().click();
  await page.waitForURL((url) => url.searchParams.has('event'));
  assert.equal(new URL(page.url()).searchParams.get('q'), `action:${action}`, 'a single event keeps the filter');
  await page.goto('/admin/audit?q=action%3Anothing.of.the.kind');
  assert.equal(await page.locator('main table tbody a[href*="event="]').count(), 0);
  assertQuiet(page);
});

test('the theme follows the choice, whatever the device says', async (t) => {
  const page = await signedIn(t);
  for (const [theme, device, dark] of [['dark', 'light', true], ['light', 'dark', false], ['system', 'dark', true]]) {
    await page.goto('/dashboard/settings');
    await page.emulateMedia({ colorScheme: device });
    await submit(formWith(page, 'theme'), { theme });
    await page.goto('/dashboard');
    assert.equal(await page.evaluate(isDark), dark, `${theme} on a ${device} device`);
  }
  assertQuiet(page);
});

/** Runs in the page: is the ground behind the text dark? */
function isDark() {
  const canvas = document.createElement('canvas').getContext('2d');
  canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return (red + green + blue) / 3 < 96;
}

test('a change of name and accent shows on every page at once', async (t) => {
  const page = await signedIn(t);
  await page.goto('/admin/settings');
  await submit(formWith(page, 'product', 'accent'), { product: 'Kittiwake Cloud', accent: '#0b6e4f' });
  const guest = await open(t);
  for (const place of ['/login', '/security']) {
    await guest.goto(place);
    assert.match(await guest.title(), /Kittiwake Cloud/, `title of ${place}`);
    assert.match(await guest.locator('body').innerText(), /Kittiwake Cloud/, `text of ${place}`);
  }
  const sheet = await guest.locator('link[rel="stylesheet"][href^="/assets/accent.css"]').getAttribute('href');
  assert.match((await product.client().get(sheet)).text.toLowerCase(), /#0b6e4f/);
  assertQuiet(page);
  assertQuiet(guest);
});
