// Second factors as people set them up and use them: by keyboard alone, with Debian's oathtool and PyPI's pyotp as
// the app, Chromium's virtual authenticator as the device, PyPI's webauthn as a second verifier, in both languages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertQuiet, launch, visitor } from './lib/browser.mjs';
import { formTo, formWith, navigated, path, submit } from './lib/forms.mjs';
import { checkPage } from './lib/page-checks.mjs';
import { completeSetup, newPerson } from './lib/people.mjs';
import { startProduct } from './lib/product.mjs';
import { signInOn, signOutOn } from './lib/steps.mjs';
import { until } from './lib/wait.mjs';
import { writeShot } from './shots.mjs';

const HOME = '/dashboard/security';
const python = join(process.env.VENV, 'bin/python3');
const product = await startProduct({ limits: true });
await completeSetup(product);
const browser = await launch();
after(async () => {
  await browser.close();
  await product.stop();
});

const oathtool = (secret, at = 'now') =>
  execFileSync('oathtool', ['--totp', '-b', '-N', at, secret], { encoding: 'utf8' }).trim();
/** The first seconds of a step of 30 s: a code of the step before counts until it ends. */
async function earlyInStep() {
  while ((Date.now() / 1000) % 30 > 10) await sleep(500);
}
const pyotp = (secret) =>
  execFileSync(python, ['-c', 'import pyotp,sys;print(pyotp.TOTP(sys.argv[1]).now())', secret], { encoding: 'utf8' }).trim();

async function signedIn(t, person, options) {
  const page = await visitor(browser, product, options);
  t.after(() => page.context().close());
  await signInOn(page, person);
  return page;
}

/** Moves the focus with Tab alone until it is on the element; proves that it can be seen there. */
async function tabTo(page, locator) {
  for (let turn = 0; turn < 80; turn += 1) {
    if (await locator.evaluate((node) => node === document.activeElement)) {
      const seen = await locator.evaluate((node) => {
        const style = getComputedStyle(node);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      });
      assert.ok(seen, 'the focus can be seen');
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never came to ${locator}`);
}

async function press(page, locator) {
  await tabTo(page, locator);
  await navigated(page, () => page.keyboard.press('Enter'));
}

async function type(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.type(text);
}

for (const [locale, width] of [['en', 1280], ['de', 360]]) {
  test(`an authenticator app by keyboard alone, ${locale}, ${width} px`, { timeout: 150_000 }, async (t) => {
    const person = await newPerson(product, locale === 'de' ? 'Jorg Weiss' : 'Tomas Reyes');
    const page = await signedIn(t, person, { locale, viewport: { width, height: 800 } });
    assert.equal(await page.locator('html').getAttribute('lang'), locale);
    await page.goto(HOME);
    await checkPage(page, `security-none-${locale}`);
    await page.setViewportSize({ width, height: 800 });
    await page.goto(HOME);
    await press(page, formTo(page, `${HOME}/totp`).locator('button'));
    assert.equal(path(page), `${HOME}/totp`);
    await checkPage(page, `totp-${locale}`);
    if (locale === 'en') await writeShot(page, 'totp');
    await page.setViewportSize({ width, height: 800 });
    const secret = (await page.locator('#secret').innerText()).replaceAll(' ', '');
    await earlyInStep();
    await type(page, page.locator('#code'), oathtool(secret, 'now - 30 seconds'));
    await press(page, formWith(page, 'code').locator('button[type=submit]'));
    const codes = (await page.locator('#codes').innerText()).trim().split(/\s+/);
    assert.equal(codes.length, 10, 'ten backup codes come at once');
    assert.equal(new Set(codes).size, 10);
    await checkPage(page, `backup-codes-${locale}`);
    await page.goto(HOME);
    await checkPage(page, `security-on-${locale}`);

    await page.goto('/dashboard');
    await signOutOn(page);
    await page.setViewportSize({ width, height: 800 });
    await type(page, page.locator('#email'), person.email);
    await type(page, page.locator('#password'), person.password);
    await navigated(page, () => page.keyboard.press('Enter'));
    assert.equal(path(page), '/login/factor');
    await checkPage(page, `second-factor-${locale}`);
    await page.setViewportSize({ width, height: 800 });
    await submit(formWith(page, 'code'), { code: '000000' });
    assert.equal(await page.locator('.errors').count(), 1);
    await checkPage(page, `second-factor-refused-${locale}`);
    await type(page, page.locator('#code'), pyotp(secret));
    await navigated(page, () => page.keyboard.press('Enter'));
    assert.equal(path(page), '/dashboard');

    await signOutOn(page);
    await signInOn(page, person);
    await page.goto('/login/factor?method=backup_code');
    await submit(formWith(page, 'code'), { code: codes[0] });
    assert.equal(path(page), '/dashboard', 'the phone is lost, and a code on paper lets in');
    await page.goto(HOME);
    await submit(formTo(page, `${HOME}/totp/remove`));
    assert.equal((await person.client.api('GET', '/me')).status, 401, 'other sessions ended with the app');
    assertQuiet(page, 'the journey');
  });
}

async function device(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true,
      hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

test('a passkey: added, used without a password, as the second step, refused without its person', { timeout: 120_000 }, async (t) => {
  const person = await newPerson(product, 'Ines Okafor');
  const page = await signedIn(t, person);
  const { cdp, authenticatorId } = await device(page);
  await page.goto(HOME);
  await page.locator('#passkey-name').fill('Virtual laptop');
  await navigated(page, () => page.locator('[data-passkey=register] button').click());
  assert.ok((await page.locator('#passkeys').innerText()).includes('Virtual laptop'));
  await checkPage(page, 'security-passkey');
  await writeShot(page, 'account-security');
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.ok(credentials[0].isResidentCredential);

  await page.goto('/dashboard');
  await signOutOn(page);
  // Conditional: the browser offers the passkey beside the address, and the virtual device takes it by itself.
  await until('the passkey signs in', async () => path(page) === '/dashboard', { timeout: 15_000 });

  await page.goto('/dashboard');
  await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
  await signOutOn(page);
  await signInOn(page, person);
  assert.equal(path(page), '/login/factor', 'a password alone is not enough any more');
  await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
  await checkPage(page, 'second-factor-passkey');
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.locator('[data-passkey=second] button').click();
  await page.locator('[data-passkey=second] .error').waitFor();
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await navigated(page, () => page.locator('[data-passkey=second] button').click());
  assert.equal(path(page), '/dashboard');
});

test('a second verifier agrees about what the browser answers', { timeout: 60_000 }, async (t) => {
  const person = await newPerson(product, 'Aino Virta');
  const page = await signedIn(t, person);
  await device(page);
  await page.goto(HOME);
  const seen = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/factors/passkeys/finish')) seen.push(JSON.parse(request.postData()));
  });
  const begun = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/factors/passkeys'));
  await page.locator('#passkey-name').fill('x');
  await navigated(page, () => page.locator('[data-passkey=register] button').click());
  const { options } = await (await begun).json().catch(() => ({ options: null })) ?? {};
  assert.equal(seen.length, 1);
  const challenge = options?.publicKey.challenge
    ?? JSON.parse(Buffer.from(seen[0].credential.response.clientDataJSON, 'base64url')).challenge;
  const script = `
import json, sys
from webauthn import verify_registration_response
from webauthn.helpers import base64url_to_bytes
asked = json.load(sys.stdin)
done = verify_registration_response(credential=asked["credential"], expected_challenge=base64url_to_bytes(asked["challenge"]),
    expected_rp_id="localhost", expected_origin=asked["origin"], require_user_verification=True)
print(done.user_verified, getattr(done.fmt, 'value', done.fmt))
`;
  const input = JSON.stringify({ credential: seen[0].credential, challenge, origin: product.origin });
  const said = execFileSync(python, ['-c', script], { input, encoding: 'utf8' }).trim();
  assert.equal(said, 'True none');
});

test('everything but passkeys works without scripts', { timeout: 60_000 }, async (t) => {
  const person = await newPerson(product, 'Milo Brandt');
  const page = await signedIn(t, person, { javaScriptEnabled: false });
  await page.goto(HOME);
  await page.locator(`form[action="${HOME}/mail-codes"] button`).click();
  await page.goto('/dashboard');
  await page.context().clearCookies();
  await page.goto('/login');
  await signInOn(page, person);
  assert.equal(path(page), '/login/factor');
  await page.locator('form[action="/login/factor/code"] button').click();
  const code = await until('the code by mail', async () => (await product.mails())
    .filter((mail) => String(mail.to).includes(person.email))
    .map((mail) => mail.text.match(/\b\d{4} \d{4}\b/)?.[0]).find(Boolean));
  await page.locator('#code').fill(code);
  await page.locator('form[action="/login/factor"] button').click();
  assert.equal(path(page), '/dashboard');
});
