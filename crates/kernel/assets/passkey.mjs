// Passkeys. What the server asks goes to the browser as it is, what the browser answers goes back; both are JSON
// with binary parts in base64url (WebAuthn, section 5.1.8 and 5.1.9).
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

async function post(path, body = {}) {
  const answer = await fetch(`/api/v1${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (answer.status === 403 && (await answer.clone().json()).type === '/problem/kernel/show-first') {
    location.assign(`/show?next=${encodeURIComponent(location.pathname)}`);
    return new Promise(() => {});
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.status === 204 ? null : answer.json();
}

const allowed = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

/** Asks for one of this site's passkeys; `mediation: 'conditional'` waits in the address field's suggestions. */
async function ask(begin, mediation, signal) {
  const { ceremony, options: { publicKey } } = await post(begin);
  const credential = await navigator.credentials.get({
    mediation, signal,
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: allowed(publicKey.allowCredentials) },
  });
  const { response } = credential;
  return {
    ceremony,
    credential: {
      id: credential.id, rawId: text(credential.rawId), type: credential.type,
      extensions: credential.getClientExtensionResults(),
      response: {
        authenticatorData: text(response.authenticatorData), clientDataJSON: text(response.clientDataJSON),
        signature: text(response.signature), userHandle: response.userHandle && text(response.userHandle),
      },
    },
  };
}

async function register(name) {
  const { ceremony, options: { publicKey } } = await post('/factors/passkeys');
  const credential = await navigator.credentials.create({
    publicKey: {
      ...publicKey, challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: allowed(publicKey.excludeCredentials),
    },
  });
  const { response } = credential;
  await post('/factors/passkeys/finish', {
    ceremony, name,
    credential: {
      id: credential.id, rawId: text(credential.rawId), type: credential.type,
      extensions: credential.getClientExtensionResults(),
      response: {
        attestationObject: text(response.attestationObject), clientDataJSON: text(response.clientDataJSON),
        transports: response.getTransports?.(),
      },
    },
  });
}

/** Where a browser goes after an answer: to what it wanted, or to confirm where it is. */
function goOn(answer, next) {
  const held = answer?.next === 'confirm_location';
  location.assign(held ? `/login/location?next=${encodeURIComponent(next)}` : next);
}

let waiting = new AbortController();
const does = {
  register: (form) => register(form.elements.name.value),
  second: async () => post('/sign-in/factor', { method: 'passkey', ...await ask('/sign-in/factor/passkey') }),
  show: async () => post('/session/show', { method: 'passkey', ...await ask('/session/show/passkey') }),
  signin: async () => post('/sign-in/passkey/finish', await ask('/sign-in/passkey')),
};

if (globalThis.PublicKeyCredential) for (const place of document.querySelectorAll('[data-passkey]')) {
  place.hidden = false;
  const button = place.querySelector('button');
  const said = place.querySelector('.error');
  const start = async (event) => {
    event.preventDefault();
    waiting.abort();
    button.disabled = true;
    said.hidden = true;
    try {
      goOn(await does[place.dataset.passkey](place), place.dataset.next);
    } catch {
      said.textContent = place.dataset.failed;
      said.hidden = false;
    } finally {
      button.disabled = false;
    }
  };
  if (place instanceof HTMLFormElement) place.addEventListener('submit', start);
  else button.addEventListener('click', start);
}

// On the sign-in page the browser offers passkeys beside addresses, without a press of any button.
const place = document.querySelector('[data-passkey="signin"]');
if (place && await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.()) {
  try {
    goOn(await post('/sign-in/passkey/finish', await ask('/sign-in/passkey', 'conditional', waiting.signal)), place.dataset.next);
  } catch {
    // Called off, or none was chosen: the form is still there.
  }
}
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
