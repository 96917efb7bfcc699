// What people do in the console, step by step, in a real browser.
import assert from 'node:assert/strict';
import { formTo, formWith, navigated, path, submit } from './forms.mjs';
import { linkIn } from './product.mjs';
import { until } from './wait.mjs';

const PROOF_MS = 150_000;

/** Walks the five steps of the wizard; `at` is called on each page before anything is typed. */
export async function walkSetup(page, product, owner, at = async () => {}) {
  await page.goto(product.setupUrl);
  await at('setup-account');
  await submit(formWith(page, 'organisation', 'email'), {
    organisation: 'Larkspur Dental', name: owner.name, email: owner.email, password: owner.password,
  });
  assert.equal(path(page), '/setup/look');
  await at('setup-look');
  await submit(formWith(page, 'product', 'accent'), { product: 'Halyard Hosting' });
  assert.equal(path(page), '/setup/mail');
  await at('setup-mail');
  await submit(page.locator('form:has([name="do"][value="next"])').first(), {}, '[name="do"][value="next"]');
  assert.equal(path(page), '/setup/kit');
  await at('setup-kit');
  await typeKitWords(page);
  assert.equal(path(page), '/setup/proof');
  const onward = page.locator('main:not(:has([data-reload])) a.btn--primary[href="/dashboard"]');
  await until('the first proof run ends', () => onward.isVisible(), { timeout: PROOF_MS, every: 250 });
  await at('setup-proof');
  await navigated(page, () => onward.click());
  assert.equal(path(page), '/dashboard');
}

/** Reads the kit and types the two words that the page asks for. */
async function typeKitWords(page) {
  const kit = await page.locator('ol.words li').allInnerTexts();
  assert.equal(kit.length, 24, 'the recovery kit has 24 words');
  const wanted = {};
  for (const name of ['w_first', 'w_second']) {
    const id = await page.locator(`[name="${name}"]`).getAttribute('id');
    const number = Number((await page.locator(`label[for="${id}"]`).innerText()).match(/\d+/)[0]);
    wanted[name] = kit[number - 1].trim();
  }
  await submit(formWith(page, 'w_first', 'w_second'), wanted);
}

/** Where a page runs no scripts, the way past the challenge: a mailed link, to `/login` or `/signup`. */
export async function passByLink(page, person, form) {
  const link = page.locator(`noscript a[href="${form}/link"]`);
  if (await link.count() === 0) return;
  await page.goto(await link.getAttribute('href'));
  await new Promise((resolve) => { setTimeout(resolve, 800); });
  await submit(formTo(page, `${form}/link`), { email: person.email });
  assert.equal(path(page), `${form}/link/sent`);
  const mailed = await until('the link past the challenge', async () => {
    const { items } = await (await page.request.get('/dev/mail.json')).json();
    return items.filter((mail) => mail.to === person.email).map((mail) => linkIn(mail, form))
      .find((url) => url?.includes('pass='));
  });
  await page.goto(mailed);
}

export async function signInOn(page, person, next = '/login') {
  if (path(page) !== '/login') await page.goto(next);
  await passByLink(page, person, '/login');
  await submit(formWith(page, 'email', 'password'), { email: person.email, password: person.password });
}

export async function signUpOn(page, product, person) {
  await page.goto('/signup');
  await passByLink(page, person, '/signup');
  await submit(formWith(page, 'name', 'email', 'password'), person);
  assert.equal(path(page), '/signup/sent');
  await page.goto(linkIn(await product.mailTo(person.email, '/confirm'), '/confirm'));
  await submit(page.locator('main form:has([name="token"])').first());
}

/** The addresses of the buttons that sign other devices out. */
export async function revokeActions(page) {
  await page.goto('/dashboard/sessions');
  return page.locator('form[action^="/dashboard/sessions/"][action$="/revoke"]')
    .evaluateAll((forms) => forms.map((form) => form.getAttribute('action')));
}

export async function revokeNewest(page, known) {
  const fresh = (await revokeActions(page)).filter((action) => !known.includes(action));
  assert.equal(fresh.length, 1, 'exactly one new session is listed');
  await submit(formTo(page, fresh[0]));
  return fresh[0];
}

export async function signOutOn(page) {
  await submit(formTo(page, '/logout'));
}
