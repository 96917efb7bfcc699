// What stands before sign-up and sign-in against programs, as people meet it: a browser solves it while they type,
// and one without scripts gets a link by mail.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { formWith, navigated, path } from './lib/forms.mjs';
import { checkPage } from './lib/page-checks.mjs';
import { completeSetup, newPerson, somebody } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { passByLink, signInOn, signUpOn } from './lib/steps.mjs';

// Limits on: the work is the usual one.
const product = await startProduct({ limits: true });
await completeSetup(product);
const browser = await launch();
after(async () => {
  await browser.close();
  await product.stop();
});

async function open(t, options) {
  const page = await visitor(browser, product, options);
  t.after(() => page.context().close());
  return page;
}

for (const [locale, width] of [['en', 1280], ['de', 360]]) {
  test(`a person notices nothing of it (${locale}, ${width} px)`, async (t) => {
    const page = await open(t, { locale, viewport: { width, height: 800 } });
    const person = somebody('Ines Okafor');
    await signUpOn(page, product, person);
    await page.goto('/login');
    const form = formWith(page, 'email', 'password');
    const solved = page.waitForFunction(() => document.querySelector('[name="altcha"]').value !== '');
    const started = performance.now();
    await form.locator('[name="email"]').focus();
    await solved;
    t.diagnostic(`solved in ${(performance.now() - started).toFixed(0)} ms`);
    await form.locator('[name="email"]').fill(person.email);
    await form.locator('[name="password"]').fill(person.password);
    await navigated(page, () => page.keyboard.press('Enter'));
    assert.equal(path(page), '/dashboard');
    assertQuiet(page);
  });
}

test('whoever sends the form at once, filled by the browser, waits until it is solved', async (t) => {
  const person = await newPerson(product);
  const page = await open(t);
  await page.goto('/login');
  await navigated(page, () => page.evaluate(({ email, password }) => {
    const form = document.querySelector('form[action="/login"]');
    form.elements.email.value = email;
    form.elements.password.value = password;
    form.requestSubmit();
  }, person));
  assert.equal(path(page), '/dashboard');
  assertQuiet(page);
});

test('a wrong password first, then the right one: each try is solved anew', async (t) => {
  const person = await newPerson(product);
  const page = await open(t);
  await signInOn(page, { ...person, password: 'this is not the password' });
  assert.equal(path(page), '/login');
  await formWith(page, 'email', 'password').locator('[name="password"]').fill(person.password);
  await navigated(page, () => page.keyboard.press('Enter'));
  assert.equal(path(page), '/dashboard');
});

test('a program without a solution is told what to do', async () => {
  const person = await newPerson(product);
  const typed = { email: person.email, password: person.password };
  const answer = await product.client().json('POST', '/api/v1/sign-in', typed);
  assert.equal(answer.status, 403);
  const { type } = answer.json();
  assert.equal(type, '/problem/kernel/captcha-wanted');
  assert.match((await product.client().page(type)).text, /ALTCHA/);
});

for (const locale of ['en', 'de']) {
  test(`without scripts a mailed link leads to an account and into it (${locale})`, async (t) => {
    const page = await open(t, { locale, javaScriptEnabled: false });
    const person = somebody('Otis Berg');
    await page.goto('/signup');
    await passByLink(page, person, '/signup');
    assert.equal(new URL(page.url()).searchParams.has('pass'), true);
    await page.goto('/login');
    // What is refused says how to go on.
    await formWith(page, 'email', 'password').locator('[name="email"]').fill(person.email);
    await formWith(page, 'email', 'password').locator('[name="password"]').fill(person.password);
    await navigated(page, () => page.locator('form[action="/login"] button').press('Enter'));
    assert.equal(path(page), '/login');
    assert.equal(await page.locator('.errors').count(), 1);
    await signUpOn(page, product, person);
    await signInOn(page, person);
    assert.equal(path(page), '/dashboard');
  });
}

test('the pages of the way around look finished', async (t) => {
  for (const [locale, at] of [['en', '/login/link'], ['de', '/signup/link'], ['de', '/login/link/sent']]) {
    const page = await open(t, { locale });
    await page.goto(at);
    await checkPage(page, `${at.slice(1).replaceAll('/', '-')}-${locale}`);
  }
});
