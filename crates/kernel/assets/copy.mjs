// Copy buttons: shown only where they work; the answer is a word for the eye and the ear.
if (navigator.clipboard) for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  const label = button.querySelector('.vh') ?? button;
  const use = button.querySelector('use');
  const word = label.textContent;
  const mark = use?.getAttribute('href');
  button.addEventListener('click', async () => {
    label.setAttribute('aria-live', 'polite');
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      label.textContent = button.dataset.done;
      use?.setAttribute('href', mark.replace(/#.*$/, '#check'));
    } catch {
      label.textContent = button.dataset.failed;
    }
    setTimeout(() => { label.textContent = word; use?.setAttribute('href', mark); }, 2000);
  });
}
// A refused form: the list of what is wrong gets the focus, so that it is read out and the next Tab leads into the form.
document.querySelector('.errors')?.focus();
