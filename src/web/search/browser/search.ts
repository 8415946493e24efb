/** Milliseconds without a key until what was typed is looked for. */
const PAUSE_MS = 250;

const form = document.querySelector<HTMLFormElement>('.search-form');
const words = document.querySelector<HTMLInputElement>('#search-words');
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = new AbortController();

/** What the form says as an address, without what is empty and without a place in the page. */
function addressOf(from: HTMLFormElement): URL {
  const url = new URL(from.action);
  url.hash = '';
  for (const [name, value] of new FormData(from)) {
    if (typeof value === 'string' && value !== '') url.searchParams.append(name, value);
  }
  return url;
}

/** Shows what the server's own page finds, and leaves the keyboard where it is. */
async function show(from: HTMLFormElement): Promise<void> {
  asking.abort();
  asking = new AbortController();
  const url = addressOf(from);
  try {
    const answer = await fetch(url, { signal: asking.signal, headers: { accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.querySelector('#found');
    if (found === null) return;
    document.querySelector('#found')?.replaceChildren(...found.childNodes);
    const filters = page.querySelector('.search-form summary');
    if (filters) from.querySelector('summary')?.replaceChildren(...filters.childNodes);
    document.title = page.title;
    history.replaceState(history.state, '', url);
  } catch {
    // Given up for a newer one, or without a network: the form still goes by its button.
  }
}

function listen(from: HTMLFormElement): void {
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(from), PAUSE_MS);
  };
  from.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) soon();
  });
  from.addEventListener('compositionend', soon);
  from.addEventListener('submit', () => {
    clearTimeout(timer);
    asking.abort();
  });
  from.dataset['ready'] = '';
}

if (form) listen(form);
if (words && words.value === '' && document.activeElement === document.body) words.focus({ preventScroll: true });
