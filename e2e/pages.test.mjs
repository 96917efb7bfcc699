// Every page, in light and dark, wide and narrow: accessible, valid, silent, and without a sideways scroll.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launch, visitor } from './lib/browser.mjs';
import { formWith, path, submit } from './lib/forms.mjs';
import { checkPage } from './lib/page-checks.mjs';
import { firstTenant, newPerson, newTenant, signIn, somebody } from './lib/people.mjs';
import { linkIn, startProduct } from './lib/product.mjs';
import { signInOn, walkSetup } from './lib/steps.mjs';
import { until } from './lib/wait.mjs';
import { writeShot } from './shots.mjs';

const product = await startProduct({ limits: true });
const browser = await launch();
const owner = somebody('Ada Brandt');
const guest = await visitor(browser, product);
const staff = await visitor(browser, product);
const client = await visitor(browser, product);
const joiner = await visitor(browser, product);
after(async () => {
  await browser.close();
  await product.stop();
});

const colleague = somebody('Ruben Vos');
let api;
let tenant;
let customer;
let customers;

test('set-up wizard', async (t) => {
  let kit;
  await walkSetup(staff, product, owner, async (name) => {
    if (name === 'setup-kit') kit = await (await staff.request.get('/setup/kit.txt')).text();
    await t.test(name, () => checkPage(staff, name));
  });
  assert.ok(kit.match(/[a-z]{3,}/g).length >= 24, 'the kit can be downloaded');
  api = await signIn(product, owner);
  tenant = await firstTenant({ client: api });
});

/** One test for one page. `where` is a path, or brings the page to the right state itself. */
function page(name, where, { as = guest, status = 200, shot } = {}) {
  test(name, { timeout: 400_000 }, async () => {
    const go = () => (typeof where === 'string' ? as.goto(where) : where(as));
    await go();
    if (path(as) === '/show' && where !== '/show') {
      // Ten minutes after the sign-in it is asked anew who it is.
      await submit(formWith(as, 'method', 'shown'), { shown: owner.password });
      await go();
    }
    assert.ok([status].flat().includes(as.record.document.status()), `${as.url()}: ${as.record.document.status()}`);
    await checkPage(as, name);
    if (shot) await writeShot(as, shot);
  });
}

const mailed = async (address, path) => linkIn(await product.mailTo(address, path), path);
const signUp = (person) => product.client().api('POST', '/sign-up', {
  email: person.email, password: person.password, name: person.name,
});

page('setup-used', () => guest.goto(product.setupUrl), { status: [200, 404, 410] });
page('signin', '/login');
page('signin-refused', async (at) => {
  await at.goto('/login');
  await submit(formWith(at, 'email', 'password'), { email: 'nobody@people.example', password: 'not-the-password' });
}, { status: [401, 422] });
page('signup', '/signup');
page('signup-refused', async (at) => {
  await at.goto('/signup');
  // The browser would hold the form back: the server's own answer is what is looked at.
  await at.locator('form').evaluateAll((forms) => forms.forEach((form) => { form.noValidate = true; }));
  await submit(formWith(at, 'name', 'email', 'password'), { name: 'P', email: 'p@people.example', password: 'short' });
}, { status: 422 });
page('signup-sent', '/signup/sent');
page('confirm', async (at) => {
  const person = somebody('Jun Sato');
  await signUp(person);
  await at.goto(await mailed(person.email, '/confirm'));
});
page('recover', '/recover');
page('recover-sent', '/recover/sent');
page('reset', async (at) => {
  const person = await newPerson(product, 'Priya Raman');
  await product.client().api('POST', '/password-reset', { email: person.email });
  await at.goto(await mailed(person.email, '/reset'));
});
page('invite', async (at) => {
  const person = somebody('Ines Okafor');
  await api.api('POST', `/tenants/${tenant.id}/invitations`, { email: person.email, role: 'viewer' });
  await at.goto(await mailed(person.email, '/invite'));
});
page('invite-gone', '/invite?token=no-such-invitation', { status: [200, 404, 410] });
page('security', async (at) => {
  await proven();
  await at.goto('/security');
}, { shot: 'security' });
page('claim', '/security/claims/IDN-10');
page('claim-mismatch', '/security/claims/IDN-22');
page('claim-enforced', '/security/claims/AUD-05');
page('changes', '/security/changes');
page('sub-processors-none', '/sub-processors');
page('dpa', '/dpa');
page('data-locations', '/data-locations');
page('privacy', '/privacy');
page('dpa-refused', async (at) => {
  await at.goto('/dpa');
  await at.locator('#sign form').evaluate((form) => { form.noValidate = true; }); // a browser that checks nothing
  await submit(formWith(at, 'company', 'digest'), { company: '', name: 'Ida Norn', email: 'no address' });
}, { status: 422 });
page('dpa-signed', async (at) => {
  await at.goto('/dpa');
  await submit(formWith(at, 'company', 'digest'), { company: 'Norn & Daughters', name: 'Ida Norn', email: 'ida@norn.example' });
}, { status: 201 });
page('docs-api', '/docs/api');
page('dev-mail', '/dev/mail');
page('dev-mail-show', async (at) => {
  const [mail] = await product.mails();
  await at.goto(`/dev/mail/${mail.id}`);
});
page('problem-404', '/no/such/page', { status: 404 });
page('problem-doc', async (at) => {
  const { type } = (await product.client().api('GET', '/me')).json();
  await at.goto(new URL(type, product.origin).pathname);
});

/** The public page is worth a picture once the first proofs are in. */
function proven() {
  return until('the last line is proven', async () => (await product.client().get('/security.json')).json()
    .claims.find(({ id }) => id === 'OPS-01')?.state === 'proven', { timeout: 300_000, every: 500 });
}

page('dashboard', '/dashboard', { as: staff, shot: 'dashboard' });
page('dashboard-empty', async (at) => {
  await signInOn(at, await newPerson(product, 'Tomas Reyes'));
  await at.goto('/dashboard');
}, { as: guest });
page('new-tenant', '/dashboard/tenants/new', { as: staff });
page('sessions', '/dashboard/sessions', { as: staff });
page('sessions-dialog', async (at) => {
  await at.goto('/dashboard/sessions');
  await at.locator('button[command="show-modal"]').first().click();
  await at.locator('dialog[open]').waitFor();
}, { as: staff });
page('tokens', '/dashboard/tokens', { as: staff });
page('token-fresh', async (at) => {
  await at.goto('/dashboard/tokens');
  await submit(formWith(at, 'name', 'expires_in_days'), { name: 'nightly report', expires_in_days: '30' });
}, { as: staff });
page('settings', '/dashboard/settings', { as: staff });
page('settings-refused', async (at) => {
  await at.goto('/dashboard/settings');
  await submit(formWith(at, 'current', 'password'), { current: 'not-the-password', password: 'another-long-password-7' });
}, { as: staff, status: 422 });
page('team', (at) => at.goto(`/t/${tenant.slug}/team`), { as: staff });
page('groups-empty', (at) => at.goto(`/t/${tenant.slug}/team/groups`), { as: staff });
page('group-new', async (at) => {
  await at.goto(`/t/${tenant.slug}/team/groups`);
  await at.locator('main a[href$="/team/groups/new"]').click();
  await at.waitForURL(/groups\/new$/);
}, { as: staff });
page('group-refused', async (at) => {
  await at.goto(`/t/${tenant.slug}/team/groups/new`);
  await submit(formWith(at, 'name', 'rule-audit'), { name: 'Interns' });
}, { as: staff, status: 422 });
page('groups', async (at) => {
  const guests = [somebody('Mira Lindqvist'), somebody('Tomas Reyes')];
  for (const [n, guest] of guests.entries()) {
    await api.api('POST', `/tenants/${tenant.slug}/invitations`, { email: guest.email, role: ['operator', 'viewer'][n] });
    const token = new URL(await mailed(guest.email, '/invite')).searchParams.get('token');
    await product.client().api('POST', '/invitations/accept', { token, name: guest.name, password: guest.password });
  }
  for (const [name, rule, who] of [['Interns', 'deny', guests[0]], ['Bookkeeping', 'allow', guests[1]]]) {
    await at.goto(`/t/${tenant.slug}/team/groups/new`);
    await at.getByLabel(who.name).check();
    await submit(formWith(at, 'name', 'rule-audit'), { name, 'rule-audit': rule });
    await at.waitForURL(/team\/groups(\?|$)/);
  }
  const row = at.locator('section[aria-labelledby="h-effect"] tr', { hasText: guests[0].name });
  assert.match(await row.innerText(), /Interns/);
  assert.match(await at.locator('section[aria-labelledby="h-effect"] tr', { hasText: owner.name }).innerText(), /groups do not bind owners/);
}, { as: staff });
page('group', async (at) => {
  await at.locator('section[aria-labelledby="h-groups"] a', { hasText: 'Edit' }).first().click();
  await at.waitForURL(/groups\/grp_/);
  assert.equal(await at.locator('input[name^="member-"]:checked').count(), 1);
}, { as: staff });
page('tenant-settings', (at) => at.goto(`/t/${tenant.slug}/settings`), { as: staff });
page('tenant-origins-refused', async (at) => {
  await submit(formWith(at, 'origins', 'mode'), { origins: 'crm.example.com' });
}, { as: staff, status: 422 });
page('show', '/show', { as: staff });
page('show-refused', async (at) => {
  await at.goto('/show');
  await submit(formWith(at, 'method', 'shown'), { shown: 'not the password' });
}, { as: staff, status: [401, 422] });
page('tenant-audit', (at) => at.goto(`/t/${tenant.slug}/audit`), { as: staff });
page('tenant-audit-event', async (at) => {
  await at.goto(`/t/${tenant.slug}/audit?q=action%3Atenant`);
  await at.locator('main table tbody a[href*="event="]').first().click();
  await at.waitForURL((url) => url.searchParams.has('event'));
}, { as: staff });
page('tenant-support-empty', (at) => at.goto(`/t/${tenant.slug}/support`), { as: staff });
page('problem-404-signed-in', '/t/no-such-organisation/team', { as: staff, status: 404 });

page('admin-tenants', '/admin/tenants', { as: staff });
page('admin-tenants-none', '/admin/tenants?q=nowhere', { as: staff });
page('admin-support', async (at) => {
  customer = await newPerson(product, 'Ines Okafor');
  customers = await newTenant(customer, 'Quill & Sons');
  await at.goto('/admin/tenants');
  await at.locator(`a[href="/admin/tenants/${customers.slug}/support"]`).click();
  await at.waitForURL(/support$/);
}, { as: staff });
page('admin-support-refused', async (at) => {
  await at.goto(`/admin/tenants/${customers.slug}/support`);
  await submit(formWith(at, 'reason', 'minutes'), { reason: 'because', minutes: '30' });
}, { as: staff, status: 422 });
page('support-banner', async (at) => {
  await at.goto(`/admin/tenants/${customers.slug}/support`);
  await submit(formWith(at, 'reason', 'minutes'), { reason: 'Ticket 88: the contact is shown wrong', minutes: '30' });
  await at.waitForURL(`**/t/${customers.slug}/team?**`);
  await at.locator('aside.support').waitFor();
}, { as: staff });
page('support-banner-operator', '/admin/tenants', { as: staff });
page('support-banner-public', '/security', { as: staff });
test('the owner sees who looks in and ends it; staff find the door closed', async () => {
  const list = `/tenants/${customers.slug}/support-sessions`;
  const [seen] = (await customer.client.api('GET', list)).json().items;
  assert.deepEqual([seen.state, seen.reason], ['open', 'Ticket 88: the contact is shown wrong']);
  assert.equal((await customer.client.api('DELETE', `${list}/${seen.id}`)).status, 204);
  const closed = await staff.goto(`/t/${customers.slug}/team`);
  assert.equal(closed.status(), 404);
  assert.equal(await staff.locator('aside.support').count(), 0);
  const letter = await product.mailTo(customer.email, `/t/${customers.slug}/support`);
  assert.match(letter.text, /Ticket 88: the contact is shown wrong/);
});
page('tenant-support', async (at) => {
  await signInOn(at, customer);
  await at.goto(`/t/${customers.slug}/support`);
}, { as: client });
page('tenant-support-log', (at) => at.goto(`/t/${customers.slug}/audit?q=action%3Asupport`), { as: client });
page('admin-people', '/admin/people', { as: staff });
page('admin-staff', '/admin/staff', { as: staff });
page('admin-staff-refused', async (at) => {
  await at.goto('/admin/staff');
  await submit(at.locator('#invite form'), { email: owner.email, duties: 'questions of customers' });
}, { as: staff, status: 422 });
page('admin-staff-invited', async (at) => {
  await at.goto('/admin/staff');
  await submit(at.locator('#invite form'), { email: colleague.email, duties: 'questions of customers' });
}, { as: staff });
page('staff-join', async (at) => {
  await at.goto(await mailed(colleague.email, '/staff/join'));
}, { as: joiner });
page('staff-join-refused', async (at) => {
  await at.locator('form').evaluateAll((forms) => forms.forEach((form) => { form.noValidate = true; }));
  await submit(formWith(at, 'token', 'password'), { name: colleague.name, password: colleague.password });
}, { as: joiner, status: 422 });
page('staff-joined', async (at) => {
  await at.locator('[name="agreement"]').check();
  await submit(formWith(at, 'token', 'password'), { name: colleague.name, password: colleague.password });
  await at.goto('/admin/staff');
}, { as: joiner });
page('admin-staff-two', '/admin/staff', { as: staff });
page('staff-join-gone', '/staff/join?token=no-such-invitation', { status: 410 });
page('staff-agreement', '/staff/agreement');
page('admin-audit', '/admin/audit', { as: staff });
page('admin-audit-filtered', '/admin/audit?q=result%3Adone', { as: staff });
page('admin-audit-event', async (at) => {
  await at.goto('/admin/audit');
  await at.locator('main table tbody a[href*="event="]').first().click();
  await at.waitForURL((url) => url.searchParams.has('event'));
}, { as: staff });
page('admin-posture', '/admin/posture', { as: staff });
page('admin-catalogue', '/admin/posture/catalogue', { as: staff });
page('admin-claim', '/admin/posture/claims/IDN-10', { as: staff });
page('admin-claim-not-built', '/admin/posture/claims/IDN-01', { as: staff });
page('admin-claim-attest', async (at) => {
  await at.goto('/admin/posture/claims/PRV-25');
  await submit(formWith(at, 'issuer', 'document'), { issuer: 'An auditor', scope: 'The data centre in Zurich',
    document: 'a'.repeat(64), effective_from: '2026-01-01', effective_until: '2099-01-01' });
}, { as: staff });
page('admin-claim-refused', async (at) => {
  await at.goto('/admin/posture/claims/PRV-25');
  await submit(formWith(at, 'issuer', 'document'), { issuer: 'An auditor', scope: 'All of it',
    document: 'not a hash', effective_from: '2026-01-01', effective_until: '2099-01-01' });
}, { as: staff, status: 422 });
page('admin-jobs', '/admin/jobs', { as: staff });
page('admin-privacy-empty', '/admin/privacy', { as: staff });
page('admin-privacy', async (at) => {
  await submit(formWith(at, 'purpose', 'country'), { name: 'Post & Sons', purpose: 'Delivers letters', country: 'Ireland',
    hosts: 'mail.example.net' });
}, { as: staff });
page('admin-privacy-refused', async (at) => {
  await submit(formWith(at, 'purpose', 'country'), { name: 'Another', purpose: 'x', country: 'x', hosts: 'not/a/host' });
}, { as: staff, status: 422 });
page('sub-processors', '/sub-processors', { as: staff });
page('settings-anonymise', async (at) => {
  await at.goto('/dashboard/settings');
  await at.locator('#privacy button[command="show-modal"]').first().click();
  await at.locator('dialog[open]').waitFor();
}, { as: staff });
page('admin-settings', '/admin/settings', { as: staff });
