/** Copying and saving the recovery codes; without this program they are written down. */
function enliven(place: HTMLElement): void {
  const codes = [...document.querySelectorAll('.recovery-codes code')].map(({ textContent }) => textContent);
  const text = `${document.title}\n${location.origin}\n\n${codes.join('\n')}\n`;
  const told = place.querySelector<HTMLElement>('[role="status"]');
  place.querySelector('[data-copy]')?.addEventListener('click', () => copy(text, place, told));
  place.querySelector('[data-save]')?.addEventListener('click', () => save(text, place.dataset['file'] ?? ''));
  place.hidden = false;
}

function copy(text: string, place: HTMLElement, told: HTMLElement | null): void {
  navigator.clipboard?.writeText(text).then(
    () => {
      if (told) told.textContent = place.dataset['copied'] ?? '';
    },
    () => undefined,
  );
}

/** Only where the browser lets pages copy, a key or a link has a button for it; it stands there to be typed. */
function enlivenKey(place: HTMLElement): void {
  if (navigator.clipboard === undefined) return;
  const told = place.querySelector<HTMLElement>('[role="status"]');
  const key = place.dataset['copyKey'] ?? '';
  place.querySelector('button')?.addEventListener('click', () => copy(key, place, told));
  place.hidden = false;
}

function save(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const place of document.querySelectorAll<HTMLElement>('[data-recovery]')) enliven(place);
for (const place of document.querySelectorAll<HTMLElement>('[data-copy-key]')) enlivenKey(place);
