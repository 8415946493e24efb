/** The addresses that the page tells under this name. */
function told(name: string): readonly string[] {
  const { content = '' } = document.querySelector<HTMLMetaElement>(`meta[name=${name}]`) ?? {};
  return content.split(' ').filter(Boolean);
}

/**
 * The page's own programs come once the style sheet is there, for which this one waits: on a slow line they would share
 * its bytes a second, and nothing is drawn without it.
 */
export function loadPrograms(): void {
  for (const href of told('imports')) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
  }
  for (const src of told('programs')) {
    document.head.append(Object.assign(document.createElement('script'), { type: 'module', async: false, src }));
  }
}

/** Milliseconds after which they come though the browser was never idle, as on a device that is busy with much else. */
const LATEST = 2_000;

/** Loads programs that nothing waits for, when the browser has nothing else to do. */
export function loadLate(): void {
  if ('requestIdleCallback' in window) requestIdleCallback(loadAll, { timeout: LATEST });
  else setTimeout(loadAll, 500);
}

function loadAll(): void {
  for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-late]')) void import(dataset['late'] ?? '');
}
