import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';

const KEYS: readonly (readonly [string, MessageKey])[] = [
  ['j', 'keys.next'],
  ['k', 'keys.previous'],
  ['n', 'keys.unread'],
  ['r', 'keys.answer'],
  ['c', 'keys.comment'],
  ['f', 'keys.fold'],
  ['/', 'keys.search'],
  ['Ctrl B', 'keys.bold'],
  ['Ctrl I', 'keys.italic'],
  ['Ctrl K', 'keys.link'],
  ['Ctrl Enter', 'keys.send'],
  ['?', 'keys.help'],
];

interface KeysSwitch {
  readonly areKeysOn: () => boolean;
  readonly switchKeys: (on: boolean) => void;
}

function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

function rowOf([key, name]: (typeof KEYS)[number], { t }: Translator): HTMLElement {
  const parts = key.split(' ').map((part) => made('kbd', part));
  return made('div', made('dt', ...parts), made('dd', t(name)));
}

/** The list of the keys with their switch, loaded when somebody asks for it; it is gone once it is closed. */
export function showKeysDialog(translator: Translator, { areKeysOn, switchKeys }: KeysSwitch): void {
  const { t } = translator;
  const title = made('h2', t('keys.title'));
  title.id = 'keys-title';
  const box = made('input');
  box.type = 'checkbox';
  box.checked = areKeysOn();
  box.addEventListener('change', () => switchKeys(box.checked));
  const label = made('label', box, t('keys.on'));
  label.className = 'check';
  const button = made('button', t('keys.close'));
  button.className = 'button';
  const buttons = made('div', button);
  buttons.className = 'buttons';
  const form = made('form', label, buttons);
  form.method = 'dialog';
  const dialog = made('dialog', title, made('dl', ...KEYS.map((key) => rowOf(key, translator))), form);
  dialog.className = 'keys-dialog';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
