/** Milliseconds within which the page around a frame says hello; where none does, none signs anybody in. */
const HELLO_WITHIN_MS = 5_000;

/**
 * Who writes on a page that was drawn for nobody: a person whom the page around the frame has named and whose session is on its
 * way, the member as whom the page comes again, or nobody for good.
 */
export interface GuestWriter {
  readonly kind: 'nobody' | 'person' | 'member';
  /** The digest of the person's name, or the member's id. */
  readonly id: string;
}

const root = document.documentElement;
let isLate = false;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of [...listeners]) listener();
}

new MutationObserver(tell).observe(root, { attributeFilter: ['data-reader', 'data-person', 'data-member'] });
setTimeout(() => {
  isLate = true;
  tell();
}, HELLO_WITHIN_MS);

/** Null while it is not clear yet. */
export function guestWriter(): GuestWriter | null {
  const { reader, person, member } = root.dataset;
  if (member) return { kind: 'member', id: member };
  if (parent === window || reader === 'known' || (isLate && reader === undefined)) return { kind: 'nobody', id: '' };
  return person ? { kind: 'person', id: person } : null;
}

/** Whether the page around the frame names this person last. */
export function isNamed(digest: string): boolean {
  return root.dataset['person'] === digest;
}

export function onWriter(listener: () => void): void {
  listeners.add(listener);
}

/** Resolves once the page is nobody's for good. */
export function untilNobodys(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (guestWriter()?.kind !== 'nobody') return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
}
