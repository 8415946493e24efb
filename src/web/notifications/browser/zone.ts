import { zoneNamed } from '../../../../libs/words/index.ts';

/** Who has chosen neither zone nor quiet hours finds the browser's own zone chosen; nothing is kept before the form is sent. */
function chooseOwn(field: HTMLSelectElement): void {
  const own = zoneNamed(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (field.value === '' && [...field.options].some(({ value }) => value === own)) field.value = own ?? '';
}

const field = document.querySelector<HTMLSelectElement>('select[data-own-zone]');
if (field) chooseOwn(field);
