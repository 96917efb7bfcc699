// A second person runs the platform: invited by letter, bound by a signature, approving what one alone may not, and out at once.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { formTo, formWith, path, submit, words } from './lib/forms.mjs';
import { completeSetup, somebody } from './lib/people.mjs';
import { linkIn, startProduct } from './lib/product.mjs';
import { signInOn } from './lib/steps.mjs';

const product = await startProduct();
const owner = await completeSetup(product);
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

const staff = async () => (await owner.client.list('/staff'));

for (const javaScriptEnabled of [true, false]) {
  test(`somebody joins the staff by a letter${javaScriptEnabled ? '' : ', without scripts'}`, async (t) => {
    const colleague = somebody('Ruben Vos');
    const boss = await open(t);
    await signInOn(boss, owner);
    await boss.goto('/admin/staff');
    await submit(boss.locator('#invite form'), { email: colleague.email, duties: 'questions of customers' });
    assert.ok((await words(boss)).includes(colleague.email), 'the open invitation is listed');

    const page = await open(t, { javaScriptEnabled });
    await page.goto(linkIn(await product.mailTo(colleague.email, '/staff/join'), '/staff/join'));
    const form = formWith(page, 'token', 'name', 'password');
    await form.locator('[name="agreement"]').check();
    await submit(form, { name: colleague.name, password: colleague.password });
    assert.equal(path(page), '/admin/tenants');
    const own = (await staff()).find(({ email }) => email === colleague.email);
    assert.ok(own.signed_at, 'with a signature');

    await boss.goto('/admin/staff');
    await submit(formTo(boss, `/admin/staff/${own.account}/review`), { duties: 'billing' });
    assert.equal((await staff()).find(({ email }) => email === colleague.email).duties, 'billing');
    await submit(formTo(boss, `/admin/staff/${own.account}/remove`));
    assert.equal((await staff()).length, 1);
    await page.goto('/admin/tenants');
    assert.equal(path(page), '/login', 'out at the next click');
    await signInOn(page, colleague);
    await page.goto('/admin/tenants');
    assert.equal(page.record.document.status(), 404, 'an ordinary account now');
    assertQuiet(boss);
  });
}

test('a second person of the staff approves a document, which nobody does alone', async (t) => {
  const colleague = somebody('Mira Sol');
  const made = await owner.client.api('POST', '/staff-invitations', { email: colleague.email, duties: 'audits' });
  assert.equal(made.status, 201, made.text);
  const page = await open(t);
  await page.goto(linkIn(await product.mailTo(colleague.email, '/staff/join'), '/staff/join'));
  const form = formWith(page, 'token', 'name', 'password');
  await form.locator('[name="agreement"]').check();
  await submit(form, { name: colleague.name, password: colleague.password });

  const document = { claim: 'PRV-25', issuer: 'An auditor', scope: 'The data centre in Zurich', document: 'a'.repeat(64),
    effective_from: '2026-01-01', effective_until: '2099-01-01' };
  const attested = await owner.client.api('POST', '/posture/attestations', document);
  assert.equal(attested.status, 201, attested.text);
  const approve = `/posture/attestations/${attested.json().id}/approve`;
  const alone = await owner.client.api('POST', approve, {});
  assert.ok(alone.status >= 400, 'nobody approves their own');
  const approved = await page.evaluate(async (to) => (await fetch(`/api/v1${to}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}',
  })).status, approve);
  assert.ok(approved < 300, `the second person's approval: ${approved}`);
});
