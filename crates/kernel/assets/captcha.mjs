// The proof of work before a form, by the ALTCHA protocol (version 2): it begins when somebody begins to type, and is
// mostly done before they are. Without scripts a link is mailed instead.
const FRESH_MS = 100_000;
const AT_ONCE = 16;

const hex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const text = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Tries one counter after the other: the key of a try is PBKDF2 over nonce and counter. */
async function search({ cost, keyLength, keyPrefix, nonce, salt }) {
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: hex(salt), iterations: cost };
  const start = [...hex(nonce), 0, 0, 0, 0];
  const key = async (counter) => {
    const password = new Uint8Array(start);
    new DataView(password.buffer).setUint32(password.length - 4, counter);
    const base = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    return text(await crypto.subtle.deriveBits(how, base, keyLength * 8));
  };
  for (let first = 0; ; first += AT_ONCE) {
    const keys = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => key(first + n)));
    const found = keys.findIndex((one) => one.startsWith(keyPrefix));
    if (found >= 0) return { counter: first + found, derivedKey: keys[found] };
  }
}

/** What the form presents; empty when nothing has to be solved. */
async function solve(purpose) {
  const answer = await fetch(`/api/v1/captcha/${purpose}`);
  if (answer.status !== 200) return '';
  const challenge = await answer.json();
  const solution = await search(challenge.parameters);
  return btoa(JSON.stringify({ challenge, solution }));
}

for (const form of document.querySelectorAll('form[data-captcha]')) {
  const field = form.elements.altcha;
  const says = form.querySelector('[data-captcha-says]');
  let solving;
  let begun = -Infinity;
  const forget = () => {
    begun = -Infinity;
    delete form.dataset.solved;
  };
  const begin = () => {
    if (performance.now() - begun < FRESH_MS) return solving;
    const own = performance.now();
    begun = own;
    // Where it cannot be done, the server says what to do instead.
    solving = solve(form.dataset.captcha).catch(() => '').then((solution) => {
      if (own !== begun) return;
      field.value = solution;
      form.dataset.solved = own;
    });
    return solving;
  };
  // A page that comes back from the browser's memory has used its solution.
  addEventListener('pageshow', (event) => {
    if (event.persisted) forget();
  });
  form.addEventListener('focusin', begin);
  form.addEventListener('input', begin);
  form.addEventListener('submit', async (event) => {
    if (Number(form.dataset.solved) > performance.now() - FRESH_MS || form.dataset.tried) {
      // It counts once: who sends the form a second time solves a second one.
      delete form.dataset.tried;
      forget();
      return;
    }
    event.preventDefault();
    const wait = setTimeout(() => { says.hidden = false; }, 300);
    await begin();
    clearTimeout(wait);
    says.hidden = true;
    // However long it took: the server judges.
    form.dataset.tried = 'yes';
    form.requestSubmit(event.submitter);
  });
}
