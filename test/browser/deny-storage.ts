/** For a page's beginning: as Debian's Chromium does in frames of other sites. */
export function denyStorage(): void {
  const get = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  if (window === parent) return;
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get });
}
