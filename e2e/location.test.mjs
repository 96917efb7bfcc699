// A sign-in from a network that the account does not know, as a person meets it: the page that waits, the letter, the
// link in another browser, and no session before it was used. In both languages, by keyboard and without scripts.
import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { after, test } from 'node:test';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { formTo, formWith, navigated, path } from './lib/forms.mjs';
import { checkPage } from './lib/page-checks.mjs';
import { completeSetup, newPerson } from './lib/people.mjs';
import { linkIn, startProduct } from './lib/product.mjs';

const product = await startProduct({ limits: true, extra: ['--confirm-location'] });
await completeSetup(product);
const browser = await launch();
const away = await networkOf('127.0.0.77');
after(async () => {
  await browser.close();
  away.close();
  await product.stop();
});

/** Another network: whoever comes by this port reaches the product from that address. */
async function networkOf(localAddress) {
  const port = Number(new URL(product.origin).port);
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port, localAddress });
    for (const [from, to] of [[near, far], [far, near]]) {
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.close() };
}

async function begin(t, person, options) {
  const page = await visitor(browser, away, options);
  t.after(() => page.context().close());
  await page.goto('/login');
  const form = formWith(page, 'email', 'password');
  await form.locator('[name="email"]').fill(person.email);
  await form.locator('[name="password"]').fill(person.password);
  await navigated(page, () => page.keyboard.press('Enter'));
  assert.equal(path(page), '/login/location');
  return page;
}

for (const locale of ['en', 'de']) {
  test(`no session before the link was used (${locale})`, async (t) => {
    const person = await newPerson(product);
    const page = await begin(t, person, { locale });
    await checkPage(page, `location-${locale}`);
    await page.goto('/dashboard');
    assert.equal(path(page), '/login', 'nothing is open yet');
    await page.goto('/login/location');
    await navigated(page, () => formTo(page, '/login/location').locator('button').press('Enter'));
    assert.equal(path(page), '/login/location');
    await page.locator('[role="alert"]').waitFor();
    await checkPage(page, `location-early-${locale}`);
    const mail = await product.mailTo(person.email, '/sign-in-here');
    const other = await visitor(browser, product, { locale, javaScriptEnabled: false });
    t.after(() => other.context().close());
    await other.goto(linkIn(mail, '/sign-in-here'));
    assert.match(await other.locator('main').innerText(), /127\.0\.0\.77/);
    await other.locator('form[action="/sign-in-here"] button').press('Enter');
    await other.waitForURL((url) => url.pathname === '/login');
    await navigated(page, () => formTo(page, '/login/location').locator('button').press('Enter'));
    assert.equal(path(page), '/dashboard');
    await other.goto(linkIn(mail, '/sign-in-here'));
    assert.match(await other.locator('main').innerText(), /410|does not work|funktioniert/i);
    assertQuiet(page);
  });
}

test('the page of the link looks finished, and ends a sign-in that was not wanted', async (t) => {
  const person = await newPerson(product);
  const page = await begin(t, person);
  const mail = await product.mailTo(person.email, '/sign-in-here');
  const owner = await visitor(browser, product);
  t.after(() => owner.context().close());
  await owner.goto(linkIn(mail, '/sign-in-here'));
  await checkPage(owner, 'sign-in-here');
  await navigated(owner, () => owner.locator('form[action="/sign-in-here/refuse"] button').press('Enter'));
  assert.equal(path(owner), '/recover');
  await navigated(page, () => formTo(page, '/login/location').locator('button').press('Enter'));
  assert.equal(path(page), '/login', 'it is over');
  assertQuiet(page, owner);
});
