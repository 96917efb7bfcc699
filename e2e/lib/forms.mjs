// Filling and sending forms by the names of their fields, as the contract has them: no test depends on a wording.
import assert from 'node:assert/strict';

/** The form that has all these fields. */
export function formWith(page, ...names) {
  return names.reduce(
    (form, name) => form.filter({ has: page.locator(`[name="${name}"]`) }), page.locator('form')).first();
}

export const formTo = (page, action) => page.locator(`form[action="${action}"]`).first();

/** Opens the dialogs, popovers and details that hide an element, from the outermost in. */
async function reveal(element) {
  for (let depth = 0; depth < 4; depth += 1) {
    const opener = (await element.evaluateHandle(findOpener)).asElement();
    if (!opener) return;
    await opener.click();
  }
}

/** Runs in the page: what a person would press to see the element, or null when nothing hides it. */
function findOpener(element) {
  const holders = [];
  for (let node = element.parentElement; node; node = node.parentElement) {
    if (node.matches('dialog, details, [popover]')) holders.unshift(node);
  }
  const closed = holders.find((node) => (node.matches('details') ? !node.open : !node.checkVisibility()));
  if (!closed) return null;
  if (closed.matches('details')) return closed.querySelector('summary');
  return [...document.querySelectorAll(`[commandfor="${closed.id}"], [popovertarget="${closed.id}"]`)]
    .find((node) => node.checkVisibility()) ?? null;
}

async function setField(form, name, value) {
  const fields = form.locator(`[name="${name}"]`);
  const kind = await fields.first().evaluate((field) => `${field.localName}/${field.type}`);
  if (kind.startsWith('select/')) return fields.first().selectOption(value);
  if (kind === 'input/radio') return form.locator(`[name="${name}"][value="${value}"]`).check();
  if (kind === 'input/checkbox') return fields.first().setChecked(Boolean(value));
  return fields.first().fill(value);
}

async function submitButton(form, button) {
  if (button) return form.locator(button).first();
  const inside = form.locator('button[type="submit"], button:not([type]), input[type="submit"]');
  if (await inside.count() > 0) return inside.first();
  return form.page().locator(`button[form="${await form.getAttribute('id')}"]`).first();
}

/** Waits for the document that an act brings, redirects included. */
export async function navigated(page, act) {
  const arrived = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await act();
  await arrived;
  await page.waitForLoadState('load');
}

export async function submit(form, fields = {}, button) {
  const page = form.page();
  assert.ok(await form.count() > 0, `a form with ${Object.keys(fields).join(', ') || 'a button'} on ${page.url()}`);
  for (const [name, value] of Object.entries(fields)) {
    await reveal(form.locator(`[name="${name}"]`).first());
    await setField(form, name, value);
  }
  const press = await submitButton(form, button);
  await reveal(press);
  // Forms that anybody can send come back no faster than a person fills them.
  if (await form.locator('[name="stamp"]').count() > 0) await page.waitForTimeout(750);
  await navigated(page, () => press.click());
}

export const path = (page) => new URL(page.url()).pathname;

export const words = (page) => page.locator('main').innerText();
