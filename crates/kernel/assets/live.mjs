// Keeps an open page true: asks every ten seconds, and reloads when something was proved or has changed.
// Never while somebody reads: an open <details>, selected text or a hidden tab waits for the next time.
const digest = (page) => JSON.stringify([
  page.checkpoint?.size,
  (page.claims ?? []).map((claim) => [claim.id, claim.state, claim.proved_at]),
]);
const busy = () => document.hidden
  || document.querySelector('details[open]') !== null
  || !(getSelection()?.isCollapsed ?? true);

let shown;
async function look() {
  try {
    const answer = await fetch('/security.json', { cache: 'no-store', headers: { accept: 'application/json' } });
    if (!answer.ok) return;
    const now = digest(await answer.json());
    shown ??= now;
    if (now !== shown && !busy()) location.reload();
  } catch {
    // Not reachable just now: what is shown stays, with its times.
  }
}

const waiting = document.querySelector('[data-reload]');
if (waiting) {
  setTimeout(() => location.reload(), 1000 * Number(waiting.dataset.reload));
} else {
  look();
  setInterval(look, 10_000);
}
