// Copies the text of a field. Without this file the fields can be selected and copied by hand.
for (const button of document.querySelectorAll('[data-kopiert]')) {
  if (!navigator.clipboard) continue; // only on https and on this machine
  const label = button.textContent;
  const status = document.getElementById('kopiert');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.kopiert);
    let said = 'Kopiert';
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      said = 'Bitte mit Strg+C kopieren';
    }
    button.textContent = said;
    status.textContent = said;
    setTimeout(() => { button.textContent = label; status.textContent = ''; }, 3000);
  });
}
