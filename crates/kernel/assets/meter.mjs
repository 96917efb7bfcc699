// How strong a new password is, while it is being typed. The server judges: the same code decides when the form is
// sent. Without scripts the form works all the same, and says why after it was sent.
const PAUSE_MS = 180;

for (const place of document.querySelectorAll('[data-meter]')) {
  const field = document.getElementById(place.dataset.meter);
  const [meter, words] = [place.querySelector('meter'), place.querySelector('[aria-live]')];
  const form = field.form;
  let waiting;
  let asked = 0;
  const look = async () => {
    asked += 1;
    const own = asked;
    place.hidden = field.value === '';
    if (place.hidden) return;
    try {
      const answer = await fetch('/api/v1/password/strength', {
        method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password: field.value, email: form.elements.email?.value ?? '', name: form.elements.name?.value ?? '' }),
      });
      if (!answer.ok || own !== asked) return;
      const { score, words: said } = await answer.json();
      meter.value = score;
      words.textContent = said;
    } catch {
      // Not reachable just now: the form says it when it is sent.
    }
  };
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  });
}
