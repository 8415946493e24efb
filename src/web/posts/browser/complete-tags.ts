/** The list of the tags' field completes the tag that is typed: a browser's own list knows whole fields alone. */
export function completeTags(form: HTMLFormElement): void {
  const field = form.elements.namedItem('tags');
  if (!(field instanceof HTMLInputElement) || field.list === null) return;
  const options = Array.from(field.list.querySelectorAll('option'));
  const tags = options.map(({ value }) => value);
  field.addEventListener('input', () => {
    const before = /^.*[,،、，]\s*/su.exec(field.value)?.[0] ?? '';
    const chosen = new Set(before.split(/[,،、，]/u).map((tag) => tag.trim().toLowerCase()));
    for (const [n, option] of options.entries()) {
      const tag = tags[n] ?? '';
      option.disabled = chosen.has(tag.toLowerCase());
      option.value = before + tag;
    }
  });
}
