/** Milliseconds after which a form may be sent again whose answer never came. */
const ANSWERED_WITHIN_MS = 10_000;

/** Takes no second press of the form's button while the first is on its way. A page that comes back starts anew. */
function sendOnce(form: HTMLFormElement): void {
  let sentAt = Number.NEGATIVE_INFINITY;
  form.addEventListener('submit', (event) => {
    if (event.timeStamp - sentAt < ANSWERED_WITHIN_MS) event.preventDefault();
    else sentAt = event.timeStamp;
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) sentAt = Number.NEGATIVE_INFINITY;
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) sendOnce(form);
