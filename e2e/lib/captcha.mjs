// Solves what stands before sign-up and sign-in, with the library that the protocol's own authors keep for JavaScript.
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

const PURPOSES = { '/api/v1/sign-in': 'sign-in', '/login': 'sign-in', '/api/v1/sign-up': 'sign-up', '/signup': 'sign-up' };

/** What a client presents for a path; nothing when none is wanted there. */
export async function solutionFor(client, path) {
  const purpose = PURPOSES[path];
  if (!purpose) return undefined;
  const answer = await client.request('GET', `/api/v1/captcha/${purpose}`, { headers: { accept: 'application/json' } });
  if (answer.status !== 200) return undefined;
  const challenge = answer.json();
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
}
