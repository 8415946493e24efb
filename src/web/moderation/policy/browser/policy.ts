/**
 * Moves the rules of the policy in place, without sending the form. The typed text stays, and the button keeps the
 * focus, so that it can be pressed again.
 */
const list = document.querySelector<HTMLElement>('[data-rules]');
const order = document.querySelector<HTMLInputElement>('input[name=order]');
const says = document.getElementById('policy-says');

const rules = (): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>('[data-rule]') ?? [])];

list?.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[name=move]') : null;
  const rule = button?.closest<HTMLElement>('[data-rule]');
  if (!button || !rule) return;
  event.preventDefault();
  if (button.value.startsWith('up ')) rule.previousElementSibling?.before(rule);
  else rule.nextElementSibling?.after(rule);
  settle(rule, button);
});

/** A rule that is switched on shows its settings. */
list?.addEventListener('change', (event) => {
  const box = event.target instanceof HTMLInputElement && event.target.type === 'checkbox' ? event.target : null;
  const settings = box?.closest('[data-rule]')?.querySelector('details');
  if (box && settings) settings.open = box.checked;
});

function settle(rule: HTMLElement, pressed: HTMLButtonElement): void {
  const all = rules();
  if (order) order.value = all.map((one) => one.dataset['rule'] ?? '').join(',');
  for (const [at, one] of all.entries()) {
    const [up, down] = [...one.querySelectorAll<HTMLButtonElement>('button[name=move]')];
    if (up) up.disabled = at === 0;
    if (down) down.disabled = at === all.length - 1;
  }
  // At an end the pressed button is disabled, so the rule's other button gets the focus.
  const next = pressed.disabled ? rule.querySelector<HTMLButtonElement>('button[name=move]:enabled') : pressed;
  next?.focus();
  rule.scrollIntoView({ block: 'nearest' });
  const name = rule.querySelector('[data-name]')?.textContent ?? '';
  const text = list?.dataset['moved'] ?? '';
  if (says) says.textContent = text.replace('{rule}', name).replace('{number}', String(all.indexOf(rule) + 1));
}
